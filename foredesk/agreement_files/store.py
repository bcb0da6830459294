"""Store: what is kept of agreements, as files say it, and what files name, as it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from foredesk.agreement_files.proposed import (
    ProposedAgreement,
    ProposedCalendar,
    in_order,
    stand_in,
)
from foredesk.catalog.models import Service
from foredesk.errors import InvalidInput, NotFound
from foredesk.people.models import Organization, Person, Team
from foredesk.people.queries import visible_people, visible_teams
from foredesk.people.viewer import Viewer
from foredesk.sla.calendar_queries import versions_of, visible_calendars
from foredesk.sla.models import Agreement, AgreementVersion, Calendar, CalendarVersion
from foredesk.sla.proposal import Promised, Proposal
from foredesk.sla.rulebook import Terms
from foredesk.sla.terms import terms_of
from foredesk.sla.written import WrittenHours


async def known_calendars(viewer: Viewer) -> Mapping[str, WrittenHours]:
    """The newest version of each that the viewer may see, by name."""
    names = {row.id: row.name for row in await visible_calendars(viewer)}
    versions = await versions_of(list(names))
    return {names[id]: WrittenHours.of(found[0]) for id, found in versions.items() if found}


async def stored_calendar(calendar_id: UUID) -> ProposedCalendar:
    """As its newest version says. Raises NotFound."""
    version = (
        await CalendarVersion.filter(calendar_id=calendar_id)
        .order_by("-valid_from")
        .prefetch_related("calendar")
        .first()
    )
    if version is None:
        raise NotFound("calendarId")
    calendar: Calendar = version.calendar
    return ProposedCalendar(calendar.name, WrittenHours.of(version))


async def stored_agreement(
    agreement: Agreement, version: AgreementVersion | None = None
) -> ProposedAgreement:
    """As a version of it says, the newest by default. Raises NotFound."""
    if version is None:
        versions = AgreementVersion.filter(agreement_id=agreement.id)
        version = await versions.order_by("-number").first()
    if version is None:
        raise NotFound("agreementId")
    terms = (await terms_of([version.id]))[version.id]
    names = await _names(terms)
    stand_ins = {id: stand_in(noun, name) for id, (noun, name) in names.items()}
    organization = await Organization.get_or_none(id=agreement.organization_id)
    service = await Service.get_or_none(id=agreement.service_id)
    return ProposedAgreement(
        name=agreement.name,
        calendar=await stored_calendar(version.calendar_id),
        proposal=in_order(replaced(_proposal(terms), stand_ins)),
        organization=organization.slug if organization else "",
        service=service.key if service else "",
        kind=agreement.kind,
        stood_for={stand_ins[id]: name for id, (_, name) in names.items()},
    )


async def resolved(viewer: Viewer, proposed: ProposedAgreement) -> Proposal:
    """With the keys of the teams and people that stand-ins stand for. Raises InvalidInput."""
    ids: dict[UUID, UUID] = {}
    for place, name in proposed.stood_for.items():
        is_team = place == stand_in("team", name)
        rows: QuerySet[Any] = visible_teams(viewer) if is_team else visible_people(viewer)
        found = await rows.get_or_none(**{"key" if is_team else "email": name})
        if found is None:
            raise InvalidInput("text", f"There is no {'team' if is_team else 'person'} {name!r}.")
        ids[place] = found.id
    return replaced(proposed.proposal, ids)


def replaced(proposal: Proposal, ids: Mapping[UUID, UUID]) -> Proposal:
    """With other keys of teams and people, and escalations numbered by their places."""
    return replace(
        proposal,
        clocks=[
            replace(clock, team_id=ids[clock.team_id] if clock.team_id else None)
            for clock in proposal.clocks
        ],
        escalations=[
            replace(
                rule,
                id=stand_in("escalation", str(at)),
                team_id=ids[rule.team_id] if rule.team_id else None,
                person_id=ids[rule.person_id] if rule.person_id else None,
            )
            for at, rule in enumerate(proposal.escalations)
        ],
    )


def _proposal(terms: Terms) -> Proposal:
    promises = [
        Promised(
            clock,
            priority,
            timedelta(seconds=goal.target),
            None if goal.minimum is None else timedelta(seconds=goal.minimum),
            kind,
        )
        for (clock, priority, kind), goal in terms.goals.items()
    ]
    return Proposal(
        promises,
        list(terms.clocks.values()),
        terms.penalties,
        terms.billing,
        terms.escalations,
    )


async def _names(terms: Terms) -> Mapping[UUID, tuple[str, str]]:
    teams = {clock.team_id for clock in terms.clocks.values()}
    teams |= {rule.team_id for rule in terms.escalations}
    people = {rule.person_id for rule in terms.escalations}
    keys = await Team.filter(id__in=_ids(teams)).values_list("id", "key")
    emails = await Person.filter(id__in=_ids(people)).values_list("id", "email")
    return {
        **{UUID(str(id)): ("team", key) for id, key in keys},
        **{UUID(str(id)): ("person", email) for id, email in emails},
    }


def _ids(ids: Iterable[UUID | None]) -> list[UUID]:
    return [id for id in ids if id is not None]
