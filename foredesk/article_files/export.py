"""Export: every article of the desk as a folder of Markdown, from which nothing is missing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from uuid import UUID

from foredesk.article_files.read_stored import stored_records
from foredesk.article_files.record import ArticleRecord
from foredesk.article_files.tree import begin_tree, write_record
from foredesk.database import transaction
from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import visible_to
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer

BATCH = 50


async def export_articles(viewer: Viewer, *, directory: Path) -> int:
    """Write all that the viewer may see into an empty folder, or over an earlier export; how many
    there were. Whoever may import may export.

    Raises NotPermitted, and NoTree for a folder that holds something else.
    """
    require(viewer, Act.IMPORT)
    await asyncio.to_thread(begin_tree, directory)
    count = 0
    async for records in _records(viewer):
        await asyncio.to_thread(_write_all, directory, records)
        count += len(records)
    return count


async def _records(viewer: Viewer) -> AsyncIterator[Sequence[ArticleRecord]]:
    """Each batch as it was at one moment."""
    last: UUID | None = None
    while True:
        async with transaction():
            articles = visible_to(viewer).order_by("id").limit(BATCH)
            batch: list[Article] = await (articles.filter(id__gt=last) if last else articles)
            records = await stored_records(batch)
        if not batch:
            return
        last = batch[-1].id
        yield records


def _write_all(directory: Path, records: Sequence[ArticleRecord]) -> None:
    for record in records:
        write_record(directory, record)
