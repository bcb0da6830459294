"""Watch: when searches find something else than before."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from api.context import Context, Info
from api.fields import stream
from api.knowledge.types import Article
from api.operations.shared import Audience
from api.watching import Look, Seen, Watch
from foredesk.knowledge.changes import TOPIC, changes_between
from foredesk.knowledge.models import Article as Row
from foredesk.knowledge.queries import published_for
from foredesk.people.viewer import Viewer
from foredesk.ports import Notice

MOST_ARTICLES = 100
LOOK_SECONDS = 0.05
PATIENCE_SECONDS = 30.0


@strawberry.type(description="State of the search index, and what is new in it.")
class SearchIndexChange:
    revision: int = strawberry.field(
        description="Revision that searches show now; answers to searches of an older one are "
        "out of date"
    )
    articles: list[Article] = strawberry.field(
        description="Articles that are found in a new wording since the last revision, as far as "
        "the viewer may see; none for one that was taken away. At most 100: more of them come in "
        "several changes"
    )
    origin: strawberry.Private[str] = ""
    audience: strawberry.Private[Audience | None] = None


@strawberry.type
class SearchSubscription:
    @stream(
        description="The revision of the search index, and again whenever searches find something "
        "else than before, some moments after an article was published"
    )
    async def search_index_changed(
        self,
        info: Info,
        after_revision: Annotated[
            int | None,
            strawberry.argument(
                description="Last revision that the client knows, to be told what has changed "
                "since."
            ),
        ] = strawberry.UNSET,
    ) -> AsyncGenerator[SearchIndexChange, None]:
        context, watch = info.context, Watch(info)
        known = after_revision if isinstance(after_revision, int) else None
        notices: Any = context.desk.live.listen(TOPIC)
        async with aclosing(notices):
            shown = _shown(context)
            known = shown if known is None else known
            seen, _ = await watch.see(None, _looking(known, shown))
            for change in _changes(seen):
                yield change
            known = max(known, shown)
            async for notice in notices:
                shown = await _reached(context, notice, known)
                if shown <= known:
                    continue
                name = ("search", known, shown)
                seen, audience = await watch.see(name, _looking(known, shown))
                for change in _changes(seen, notice, audience):
                    yield change
                known = shown


@dataclass(frozen=True, slots=True)
class _News:
    revision: int
    articles: Sequence[Row]
    changes: int


def _looking(known: int, shown: int) -> Look[_News]:
    async def look(viewer: Viewer) -> Seen[_News]:
        ids = await changes_between(known, shown)
        rows = {row.id: row for row in await published_for(viewer).filter(id__in=ids)}
        news = [rows[id] for id in ids if id in rows]
        return Seen(_News(shown, news, len(ids)), frozenset(row.owner_id for row in news))

    return look


def _changes(
    seen: Seen[_News] | None, notice: Notice | None = None, audience: Audience | None = None
) -> Sequence[SearchIndexChange]:
    if seen is None:
        return []
    origin = _origin(seen.value, notice) if notice else ""
    articles = [Article(row=row) for row in seen.value.articles]
    starts = range(0, max(len(articles), 1), MOST_ARTICLES)
    return [
        SearchIndexChange(
            revision=seen.value.revision,
            articles=articles[start : start + MOST_ARTICLES],
            origin=origin,
            audience=audience if len(starts) == 1 else None,
        )
        for start in starts
    ]


async def _reached(context: Context, notice: Notice, known: int) -> int:
    """The revision that searches show, once it is that of the notice; everybody waits together."""
    if notice.kind == "resync" or notice.version <= known:
        return _shown(context)
    goal = notice.version
    return await context.shared.once(("shown", goal), lambda: _wait_for(context, goal))


async def _wait_for(context: Context, goal: int) -> int:
    for _ in range(round(PATIENCE_SECONDS / LOOK_SECONDS)):
        if _shown(context) >= goal:
            break
        await asyncio.sleep(LOOK_SECONDS)
    return _shown(context)


def _shown(context: Context) -> int:
    return int(context.desk.knowledge.status().get("revision", 0))


def _origin(news: _News, notice: Notice) -> str:
    """Whoever did all of it."""
    return notice.client if notice.version == news.revision and news.changes == 1 else ""
