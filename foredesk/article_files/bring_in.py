"""Bring in: a folder that was exported, here or elsewhere, with what people changed in it since."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from foredesk.article_files.read_stored import stored_records
from foredesk.article_files.record import ArticleRecord
from foredesk.article_files.store import add, become
from foredesk.article_files.text import Unreadable
from foredesk.article_files.tree import Place, places, read_record
from foredesk.article_files.understand import Known, Understood, all_known, understood
from foredesk.database import retry, transaction
from foredesk.desk import Desk
from foredesk.knowledge.changes import announce, next_revision
from foredesk.knowledge.models import Article
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer


class Outcome(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class BroughtIn:
    """What came of a tree. `refused` and `remarks` are lines with the place in it."""

    taken: Counter[Outcome] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        return 1 if self.refused else 0


async def import_articles(desk: Desk, viewer: Viewer, *, directory: Path) -> BroughtIn:
    """Take in every article of the tree: those that are not here as they are, with all their
    versions and files, and of the others what was changed in the tree. What was revised here since
    the tree was written is refused. An article that is here and not in the tree stays.

    It can be run again at any time. Raises NotPermitted and NoTree.
    """
    require(viewer, Act.IMPORT)
    found = await asyncio.to_thread(lambda: list(places(directory)))
    report, known = BroughtIn(), await all_known()
    originals: dict[UUID, tuple[str, UUID]] = {}
    for place in found:
        try:
            record = await asyncio.to_thread(read_record, place)
            outcome = await _take(desk, viewer, place, record, known, report, originals)
        except Unreadable as problem:
            report.refused.append(f"{place.path}: {problem}")
        else:
            report.taken[outcome] += 1
    await _tie_translations(originals, report)
    return report


async def _take(
    desk: Desk,
    viewer: Viewer,
    place: Place,
    record: ArticleRecord,
    known: Known,
    report: BroughtIn,
    originals: dict[UUID, tuple[str, UUID]],
) -> Outcome:
    what = understood(record, known)
    report.remarks += [f"{place.path}: there is no {one} here" for one in what.unknown]
    original: UUID | None = what.columns.pop("original_id")
    outcome, remarks = await retry(lambda: _store(desk, viewer, record, what, known))
    report.remarks += [f"{place.path}: {remark}" for remark in remarks]
    if original is not None:
        originals[what.id] = (place.path, original)
    return outcome


async def _store(
    desk: Desk, viewer: Viewer, record: ArticleRecord, what: Understood, known: Known
) -> tuple[Outcome, Sequence[str]]:
    async with transaction():
        revision = await next_revision()  # from here on nobody else writes articles
        article = await Article.get_or_none(id=what.id)
        if article is None:
            remarks = await add(what, revision)
            await announce(desk, what.id, revision)
            return Outcome.ADDED, remarks
        (stored,) = await stored_records([article])
        if what.is_said_by(understood(stored, known)) or _says_the_same(stored, record):
            return Outcome.UNCHANGED, ()
        if article.version > what.columns["version"]:
            raise Unreadable(
                f"it was revised here since: this is version {what.columns['version']}, "
                f"here is {article.version}"
            )
        remarks = await become(desk, viewer, article, what, revision)
        await announce(desk, article.id, revision)
        return Outcome.CHANGED, remarks


def _says_the_same(stored: ArticleRecord, record: ArticleRecord) -> bool:
    """A change that was brought in before has become a version of its own."""
    is_older = record.said.get("version", 1) < stored.said["version"]
    return is_older and record.content == stored.content


async def _tie_translations(originals: dict[UUID, tuple[str, UUID]], report: BroughtIn) -> None:
    """When all articles are here."""
    wanted = [original for _, original in originals.values()]
    here = {article.id for article in await Article.filter(id__in=wanted).only("id")}
    for id, (path, original) in originals.items():
        if original in here:
            await Article.filter(id=id).update(original_id=original)
        else:
            report.remarks.append(f"{path}: the original that it translates is not here")
