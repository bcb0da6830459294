"""Agreement: under which service level agreement a ticket runs, by whose hours, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import CalendarFacts, PolicyFacts, TicketFacts
from foredesk.sla.agreed import Agreed, agreed
from foredesk.sla.agreements import AgreementChoice, applicable_agreements
from foredesk.sla.calendar_queries import versions_of
from foredesk.sla.models import Calendar
from foredesk.sla.written import WrittenHours
from foredesk.tickets.change import Change
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind

HOOKS = ("choose_sla_policy", "choose_calendar")
MOST_CALENDARS = 200


@dataclass(frozen=True, slots=True)
class Suggested:
    """What plugins chose, each with its explanation; None where the desk's own choice stands."""

    policy: tuple[UUID, str] | None = None
    calendar: tuple[UUID, str] | None = None


async def choose_agreement(change: Change, suggested: Suggested | None = None) -> None:
    """Put the ticket under the agreement a plugin chose, or else the one that takes precedence,
    and its clocks by the hours of the calendar that a plugin chose, or else the agreement's own.
    One that nothing covers any more has no agreement from now on.
    """
    ticket = change.ticket
    candidates = await _candidates(ticket, await change.agreed())
    if not candidates:
        if ticket.agreement_version_id is not None:
            _take_away(change)
        return
    policy = suggested.policy if suggested else None
    chosen, because = candidates[0], candidates[0].reason
    for candidate in candidates:
        if policy and candidate.version.id == policy[0]:
            chosen, because = candidate, policy[1]
    calendar = suggested.calendar if suggested else None
    if calendar and calendar[0] == chosen.version.calendar_id:
        calendar = None
    is_same = chosen.version.id == ticket.agreement_version_id
    if is_same and (suggested is None or await _override_of(change) == _id(calendar)):
        return
    told: dict[str, Any] = {}
    if calendar:
        told = {"calendar_id": str(calendar[0]), "calendar_because": calendar[1]}
    change.append(
        EventKind.AGREEMENT_CHOSEN,
        agreement_version_id=str(chosen.version.id),
        because=because,
        **told,
    )


def _take_away(change: Change) -> None:
    change.append(
        EventKind.AGREEMENT_CHOSEN,
        agreement_version_id=None,
        because="No agreement covers it any more.",
    )


def asks_plugins(desk: Desk, organization_id: UUID) -> bool:
    return any(desk.hooks.listeners(hook, organization_id) for hook in HOOKS)


async def suggest_policy(desk: Desk, ticket: Ticket, facts: TicketFacts) -> Suggested | None:
    """What plugins choose; None when none is asked. Call it outside a transaction."""
    if not asks_plugins(desk, ticket.organization_id):
        return None
    candidates = await _candidates(ticket, await agreed())
    if not candidates:
        return None
    policy = await _suggested_policy(desk, facts, candidates)
    return Suggested(policy, await _suggested_calendar(desk, facts, candidates, policy))


async def _suggested_policy(
    desk: Desk, facts: TicketFacts, candidates: Sequence[AgreementChoice]
) -> tuple[UUID, str] | None:
    policies = tuple(PolicyFacts(choice.version.id, choice.agreement.name) for choice in candidates)
    outcome = await desk.hooks.first(
        "choose_sla_policy", facts.organization_id, ticket=facts, policies=policies
    )
    if outcome is None or outcome.value is None:
        return None
    return outcome.value.policy_id, f"{outcome.plugin}: {outcome.value.explanation}"


async def _suggested_calendar(
    desk: Desk,
    facts: TicketFacts,
    candidates: Sequence[AgreementChoice],
    policy: tuple[UUID, str] | None,
) -> tuple[UUID, str] | None:
    if not desk.hooks.listeners("choose_calendar", facts.organization_id):
        return None
    own = {choice.version.id: choice.version.calendar_id for choice in candidates}
    first = own.get(policy[0]) if policy else None
    calendars = await _calendars(first or candidates[0].version.calendar_id)
    outcome = await desk.hooks.first(
        "choose_calendar", facts.organization_id, ticket=facts, calendars=calendars
    )
    if outcome is None or outcome.value is None:
        return None
    return outcome.value.calendar_id, f"{outcome.plugin}: {outcome.value.explanation}"


async def _calendars(first: UUID) -> tuple[CalendarFacts, ...]:
    """All the desk has, this one first."""
    rows = await Calendar.all().order_by("name").limit(MOST_CALENDARS)
    versions = await versions_of([row.id for row in rows])
    facts = []
    for row in sorted(rows, key=lambda row: row.id != first):
        hours = WrittenHours.of(versions[row.id][0])
        source = hours.holidays
        facts.append(
            CalendarFacts(
                row.id,
                row.name,
                hours.time_zone,
                source.country if source else "",
                source.region if source else "",
            )
        )
    return tuple(facts)


async def _override_of(change: Change) -> str | None:
    """The calendar that was chosen instead of the agreement's own, as the history says."""
    chosen = [event for event in change.events if event.kind is EventKind.AGREEMENT_CHOSEN]
    last: TicketEvent | None = (
        chosen[-1]
        if chosen
        else await TicketEvent.filter(ticket_id=change.ticket.id, kind=EventKind.AGREEMENT_CHOSEN)
        .order_by("-sequence")
        .first()
    )
    data: Mapping[str, Any] = last.data if last else {}
    return data.get("calendar_id")


def _id(choice: tuple[UUID, str] | None) -> str | None:
    return str(choice[0]) if choice else None


async def _candidates(ticket: Ticket, known: Agreed) -> list[AgreementChoice]:
    return list(
        await applicable_agreements(
            organization_id=ticket.organization_id,
            service_id=ticket.service_id,
            kind=ticket.kind,
            at=ticket.opened_at,
            known=known,
        )
    )
