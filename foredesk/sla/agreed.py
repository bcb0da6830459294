"""Agreed: agreements and calendars as this process knows them, read anew when they change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from foredesk.database import Remembered, Stamp
from foredesk.sla.calendar import BusinessTime, instant
from foredesk.sla.compile import compiled
from foredesk.sla.facts import ClockEvent
from foredesk.sla.hours import read_hours
from foredesk.sla.models import Agreement, AgreementVersion, CalendarVersion
from foredesk.sla.rulebook import Rulebook, Terms

MOST_ORGANIZATIONS = 10_000


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was asked for since the last change. Whoever changes anything of it calls `changed`.

    Keep it for one use case only, and ask for it again in the next.
    """

    stamp: Stamp
    _terms: dict[UUID, Terms] = field(default_factory=dict)
    _times: dict[UUID, BusinessTime] = field(default_factory=dict)
    _offers: dict[UUID, "Sequence[Offer]"] = field(default_factory=dict)

    async def rulebook(self, events: Iterable[ClockEvent]) -> Rulebook:
        """Everything beside these events that their clocks depend on."""
        versions = {event.agreement_version_id for event in events} - {None}
        calendars = {event.calendar_id for event in events} - {None}
        return Rulebook(
            await self.terms(id for id in versions if id),
            await self.times(id for id in calendars if id) if calendars else {},
        )

    async def terms(self, version_ids: Iterable[UUID]) -> Mapping[UUID, Terms]:
        """An unknown id is left out."""
        wanted = set(version_ids)
        if unknown := wanted - self._terms.keys():
            versions = await AgreementVersion.filter(id__in=list(unknown)).prefetch_related(
                "agreement", "calendar", "clocks", "targets", "penalties", "escalations"
            )
            times = await self.times(version.calendar_id for version in versions)
            for version in versions:
                self._terms[version.id] = compiled(version, times[version.calendar_id])
        return {id: self._terms[id] for id in wanted if id in self._terms}

    async def times(self, calendar_ids: Iterable[UUID]) -> Mapping[UUID, BusinessTime]:
        """An unknown id is left out."""
        wanted = set(calendar_ids)
        if unknown := wanted - self._times.keys():
            rows = await CalendarVersion.filter(calendar_id__in=list(unknown)).order_by(
                "valid_from"
            )
            for calendar_id in {row.calendar_id for row in rows}:
                self._times[calendar_id] = _business_time(
                    row for row in rows if row.calendar_id == calendar_id
                )
        return {id: self._times[id] for id in wanted if id in self._times}

    async def offers(self, organization_id: UUID) -> "Sequence[Offer]":
        """What was promised to the organization, and to everybody."""
        if organization_id not in self._offers:
            if len(self._offers) >= MOST_ORGANIZATIONS:
                self._offers.clear()
            self._offers[organization_id] = await _offers_to(organization_id)
        return self._offers[organization_id]


@dataclass(frozen=True, slots=True)
class Offer:
    """An agreement with all its versions, oldest first."""

    agreement: Agreement
    versions: tuple[AgreementVersion, ...]

    def in_force(self, at: datetime) -> AgreementVersion | None:
        began = [version for version in self.versions if version.valid_from <= at]
        return began[-1] if began else None


async def agreed() -> Agreed:
    """What holds now, in every process."""
    return await _REMEMBERED.current()


def agreed_at_hand() -> Agreed | None:
    """What held a moment ago; writes that carry its stamp are refused if it holds no more."""
    return _REMEMBERED.at_hand()


async def agreements_changed() -> None:
    """Call it in the transaction that changes an agreement or a calendar."""
    await _REMEMBERED.changed()


_REMEMBERED = Remembered("service_levels", Agreed)


async def _offers_to(organization_id: UUID) -> Sequence[Offer]:
    rows = await Agreement.filter(
        Q(organization_id=organization_id) | Q(organization_id__isnull=True)
    )
    versions = await AgreementVersion.filter(agreement_id__in=[row.id for row in rows]).order_by(
        "valid_from"
    )
    return [
        Offer(row, tuple(version for version in versions if version.agreement_id == row.id))
        for row in rows
    ]


def _business_time(versions: Iterable[CalendarVersion]) -> BusinessTime:
    return BusinessTime(
        tuple(
            (instant(row.valid_from), read_hours(row.time_zone, row.weekly, row.exceptions))
            for row in versions
        )
    )
