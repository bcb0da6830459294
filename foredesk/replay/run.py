"""Run: what recorded tickets would have come to under a proposed agreement."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.people.policy import Act, require
from foredesk.people.roles import Scope as TokenScope
from foredesk.people.viewer import Viewer
from foredesk.replay.count import Course
from foredesk.replay.proposal import PROPOSED, Proposal, Scope, Standing
from foredesk.replay.reading import Extent, Selection, extent
from foredesk.replay.source import open_source
from foredesk.replay.tally import Tally, in_order
from foredesk.replay.timetable import Timetable
from foredesk.replay.work import TOO_LONG, Progress, Work, done_here, done_in_processes
from foredesk.sla.agreed import agreed
from foredesk.sla.calendar import BusinessTime, instant
from foredesk.sla.models import Agreement, AgreementVersion, Calendar
from foredesk.sla.penalties import Statement, statement
from foredesk.sla.rulebook import Rulebook, Terms

A_FEW = 200
AHEAD = timedelta(days=400)
"""So far beyond the present are calendars laid out, for clocks that still run."""


@dataclass(frozen=True, slots=True)
class Replay:
    """`replaces` is the name of the agreement that it would be a new version of, or empty."""

    proposal: Proposal
    replaces: str
    since: datetime
    until: datetime
    now: datetime
    tally: Tally
    statement: Statement


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a replay may cost: processes (0 is a thread of this one), tickets and seconds.

    A few tickets are done in a thread anyway, as starting a process would take longer.
    """

    processes: int = 0
    tickets: int | None = None
    seconds: float | None = None


async def replay_agreement(
    desk: Desk,
    viewer: Viewer,
    *,
    proposal: Proposal,
    since: datetime,
    until: datetime | None = None,
    organization_id: UUID | None = None,
    bounds: Bounds = Bounds(),  # frozen
    progress: Progress = lambda done, all_: None,
) -> Replay:
    """Replay what was opened since then, and before `until`, of one organization or of all.

    Nothing is stored, and no plugin is asked: what one chose when it happened stays chosen.

    Raises NotPermitted, and InvalidInput for a time without end or a replay beyond the bounds.
    """
    _require(viewer, organization_id)
    until = until or desk.now()
    if since >= until:
        raise InvalidInput("since", "Begin before the end.")
    selection = Selection(
        since=since.astimezone(UTC),
        until=until.astimezone(UTC),
        organization_ids=None if organization_id is None else (organization_id,),
        confidential_team_ids=None if viewer.is_system else tuple(viewer.confidential_team_ids),
    )
    url = desk.settings.database
    found = await asyncio.to_thread(_extent, url, selection)
    if bounds.tickets is not None and found.tickets > bounds.tickets:
        raise InvalidInput("since", f"{found.tickets} requests are too many here. {TOO_LONG}")
    course = await _course(proposal, desk.now(), since)
    tally = await _done(Work(url, selection, course), found, bounds, progress)
    return Replay(
        proposal=proposal,
        replaces=await _name(proposal.replaces),
        since=since,
        until=until,
        now=course.now,
        tally=tally,
        statement=_statement(proposal.terms, tally),
    )


async def _done(work: Work, found: Extent, bounds: Bounds, progress: Progress) -> Tally:
    if bounds.processes == 0 or found.tickets <= A_FEW:
        return await asyncio.to_thread(done_here, work, found, progress)
    return await done_in_processes(work, found, bounds.processes, bounds.seconds, progress)


def _require(viewer: Viewer, organization_id: UUID | None) -> None:
    """Those who may sign it, and read the requests that it is tried on."""
    if organization_id is not None:
        require(viewer, Act.MANAGE_AGREEMENTS, _Signed(organization_id))
    elif not viewer.is_administrator:
        raise NotPermitted("Only administrators replay what everybody asked. Name one.")
    if not viewer.is_system and not viewer.reads(TokenScope.TICKETS):
        raise NotPermitted()


@dataclass(slots=True)
class _Signed:
    organization_id: UUID


def _extent(url: str, selection: Selection) -> Extent:
    source = open_source(url)
    try:
        return extent(source, selection)
    finally:
        source.close()


async def _course(proposal: Proposal, now: datetime, since: datetime) -> Course:
    """Everything that tickets refer to, with calendars laid out over all the time in question."""
    known = await agreed()
    standing = await _standing()
    layout = _Layout(since, now)
    versions = {id: layout.laid_out(terms) for id, terms in (await known.terms(standing)).items()}
    calendars = await known.times([row.id for row in await Calendar.all()])
    terms = layout.laid_out(proposal.terms)
    book = Rulebook(
        versions | {PROPOSED: terms},
        {id: layout.timetable(business) for id, business in calendars.items()},
    )
    return Course(replace(proposal, terms=terms), book, standing, now)


class _Layout:
    """Each calendar is laid out once, however many versions go by it."""

    def __init__(self, since: datetime, now: datetime) -> None:
        self._first, self._last = instant(since), instant(now + AHEAD)
        self._done: dict[int, tuple[BusinessTime, Timetable]] = {}

    def laid_out(self, terms: Terms) -> Terms:
        return replace(terms, business=self.timetable(terms.business))

    def timetable(self, business: BusinessTime) -> Timetable:
        if id(business) not in self._done:
            table = Timetable.over(business, self._first, self._last)
            self._done[id(business)] = business, table
        return self._done[id(business)][1]


async def _standing() -> Mapping[UUID, Standing]:
    """What is known of every version that a ticket may have run under."""
    agreements = {row.id: row for row in await Agreement.all()}
    pairs: Iterable[tuple[UUID, UUID]] = await AgreementVersion.all().values_list(
        "id", "agreement_id"
    )
    return {
        version_id: Standing(agreement_id, scope_of(agreements[agreement_id]))
        for version_id, agreement_id in pairs
        if agreement_id in agreements
    }


def scope_of(agreement: Agreement) -> Scope:
    return Scope(
        str(agreement.organization_id) if agreement.organization_id else None,
        str(agreement.service_id) if agreement.service_id else None,
        agreement.kind,
    )


async def _name(agreement_id: UUID | None) -> str:
    agreement = await Agreement.get_or_none(id=agreement_id) if agreement_id else None
    return agreement.name if agreement else ""


def _statement(terms: Terms, tally: Tally) -> Statement:
    zone = terms.business.versions[-1][1].zone
    return statement(in_order(tally.misses), terms.penalties, terms.billing, zone)
