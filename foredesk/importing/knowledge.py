"""Bring a folder of Markdown into the knowledge base, as often as one likes."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from foredesk.database import retry
from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.importing.document import Document, read
from foredesk.importing.plan import path_of, planned
from foredesk.importing.report import Refused, Remark, Report, UnusableCall
from foredesk.importing.tree import SourceFile, locale_of, scan
from foredesk.knowledge.bring_in import ArticleSource, Taken, bring_in_articles
from foredesk.knowledge.models import Article
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer

BATCH = 50
Item = TypeVar("Item")
Known = tuple[str, str]
"""Slug and digest."""

Progress = Callable[[int, int], None]
"""Hears how many of how many steps are done."""


async def import_knowledge(
    desk: Desk,
    viewer: Viewer,
    *,
    directory: Path,
    name: str = "",
    locale: str = "en",
    progress: Progress = lambda done, all_: None,
) -> Report:
    """Take in every article that is new or has changed; the report names the rest.

    `name` keeps trees apart that are imported side by side; it is the folder's if empty. `locale`
    is the language of files that name none. Killed at any moment, it can be run again.

    Raises UnusableCall when there is nothing to import from.
    """
    require(viewer, Act.IMPORT)
    if locale_of(locale) is None:
        raise UnusableCall(f"{locale!r} is not a language.")
    tree = await asyncio.to_thread(scan, directory)
    name = name or tree.name
    known = await _known(name)
    report, steps = Report(), _Steps(progress, len(tree.files) * 2)
    documents = await _read_all(tree.files, locale, report, steps)
    here = [each for each in documents if each.title or path_of(name, each) in known]
    taken = {str(slug) for slug in await Article.all().values_list("slug", flat=True)}
    slugs = {path: slug for path, (slug, _) in known.items()}
    sources = await asyncio.to_thread(planned, name, here, slugs, taken, report)
    for batch in _batches(_changed(sources, known, report)):
        await _bring_in(desk, viewer, batch, name, report)
        steps.done(len(batch))
    report.gone += _gone(name, known, tree.files)
    steps.finish()
    return report


class _Steps:
    def __init__(self, progress: Progress, all_: int) -> None:
        self._progress, self._all, self._done = progress, all_, 0

    def done(self, number: int) -> None:
        self._done += number
        self._progress(self._done, self._all)

    def finish(self) -> None:
        self._progress(self._all, self._all)


async def _read_all(
    files: Sequence[SourceFile], locale: str, report: Report, steps: _Steps
) -> list[Document]:
    """Every document; one that is refused has no title."""
    documents: list[Document] = []
    for batch in _batches(files):
        documents += await asyncio.to_thread(_read, batch, locale, report)
        steps.done(len(batch))
    return documents


def _read(batch: Sequence[SourceFile], locale: str, report: Report) -> list[Document]:
    documents = []
    for source in batch:
        try:
            documents.append(read(source, locale))
        except Refused as refusal:
            documents.append(Document(source, source.locale or locale))
            report.refused.append(Remark(source.path, refusal.line, refusal.reason))
    return documents


async def _known(name: str) -> dict[str, Known]:
    """What was brought in from this tree before, by path."""
    rows = await Article.filter(source_path__startswith=f"{name}/").values_list(
        "source_path", "slug", "source_hash"
    )
    return {str(path): (str(slug), str(digest)) for path, slug, digest in rows}


def _changed(
    sources: Sequence[ArticleSource], known: Mapping[str, Known], report: Report
) -> list[ArticleSource]:
    """What is new or says something else; the others are counted."""
    changed = []
    for source in sources:
        if source.path in known and known[source.path][1] == source.digest:
            report.taken[source.locale][Taken.UNCHANGED] += 1
        else:
            changed.append(source)
    return changed


async def _bring_in(
    desk: Desk, viewer: Viewer, batch: Sequence[ArticleSource], name: str, report: Report
) -> None:
    outcomes = await retry(lambda: bring_in_articles(desk, viewer, batch))
    for source in batch:
        outcome = outcomes[source.path]
        if isinstance(outcome, DeskError):
            place = source.path.removeprefix(f"{name}/")
            report.refused.append(Remark(place, None, f"{outcome.path[0]}: {outcome.message}"))
        else:
            report.taken[source.locale][outcome] += 1


def _gone(name: str, known: Mapping[str, Known], files: Sequence[SourceFile]) -> list[str]:
    there = {f"{name}/{source.path}" for source in files}
    return sorted(path.removeprefix(f"{name}/") for path in known if path not in there)


def _batches(items: Sequence[Item]) -> list[Sequence[Item]]:
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
