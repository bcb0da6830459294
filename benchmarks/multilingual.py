"""Whether every language of a help center is found by its own words.

    python -m benchmarks.multilingual [FOLDER] [--at-least 0.95]

FOLDER is a tree of Markdown with a folder per language, `../shared/data/knowledge` if left out. It
is imported into an empty desk, as `foredesk import knowledge` does it, and each article's title is
asked in its language. Prints one line of JSON with, for each language, `articles`, `titles` (how
many different ones) and shares of the articles: `top1` and `top3` say that an article with the
title that was asked for stands there, `itself_top3` that it is the very article, which of four with
one title cannot be so for all. Exits with 1 when `top3` of a language is under the share asked for.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from foredesk.composition import open_desk
from foredesk.database.migrate import migrate
from foredesk.importing.knowledge import import_knowledge
from foredesk.knowledge.models import Article, ArticleState
from foredesk.people.viewer import SYSTEM
from foredesk.ports import KnowledgeIndex, SearchQuery
from foredesk.settings import Settings

HELP_CENTER = Path(__file__).parents[2] / "shared" / "data" / "knowledge"
AT_LEAST = 0.95

Titles = Mapping[UUID, str]
Figures = dict[str, float | int]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Ask for every article by its title.")
    parser.add_argument("folder", metavar="FOLDER", type=Path, nargs="?", default=HELP_CENTER)
    parser.add_argument("--at-least", type=float, default=AT_LEAST)
    asked = parser.parse_args(arguments)
    figures = asyncio.run(report(asked.folder))
    print(json.dumps(figures, ensure_ascii=False))
    sys.exit(any(one["top3"] < asked.at_least for one in figures.values()))


async def report(folder: Path) -> dict[str, Figures]:
    with tempfile.TemporaryDirectory() as data_dir:
        settings = Settings(data_dir=Path(data_dir), log_level="WARNING")
        await migrate(settings.database)
        async with open_desk(settings) as parts:
            await import_knowledge(parts.desk, SYSTEM, directory=folder, name="help")
            await parts.index.catch_up()
            return {
                locale: await measure(parts.index, locale, titles)
                for locale, titles in sorted((await titles_by_locale()).items())
            }


async def titles_by_locale() -> dict[str, dict[UUID, str]]:
    titles: dict[str, dict[UUID, str]] = defaultdict(dict)
    for article in await Article.filter(state=ArticleState.PUBLISHED).only("id", "locale", "title"):
        titles[article.locale][article.id] = article.title
    return titles


async def measure(index: KnowledgeIndex, locale: str, titles: Titles) -> Figures:
    """Ask for each title. Only articles of this language count."""
    first = third = itself = 0
    for article_id, title in titles.items():
        result = await index.search(SearchQuery(title, locale, limit=3))
        found = [hit.article_id for hit in result.hits]
        right = [_named(title, titles.get(id, "")) for id in found]
        first += any(right[:1])
        third += any(right)
        itself += article_id in found
    return {
        "articles": len(titles),
        "titles": len({title.casefold() for title in titles.values()}),
        "top1": _share(first, titles),
        "top3": _share(third, titles),
        "itself_top3": _share(itself, titles),
    }


def _named(asked: str, title: str) -> bool:
    return asked.casefold() == title.casefold()


def _share(count: int, titles: Sequence[object] | Titles) -> float:
    return round(count / len(titles), 4) if titles else 0.0


if __name__ == "__main__":
    main()
