"""The page on which an agent works on one ticket."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from foredesk.people.absence import absences_of, lasts
from foredesk.people.models import Person, Team
from foredesk.people.policy import Act, may
from foredesk.people.queries import in_teams, visible_people, visible_teams
from foredesk.people.standing_in import standing_in
from foredesk.tickets.models import Ticket, TicketKind
from foredesk.tickets.states import TicketState
from portal import labels
from portal.acting import Typed
from portal.answers import at_hand
from portal.history import history
from portal.joined import choices
from portal.pages import desk_of, page
from portal.promises import due_next
from portal.revisions import estimated
from portal.visits import Visit, visit_of

UNSOLVED = (TicketState.OPEN, TicketState.WAITING)


async def workplace(request: Request, ticket: Ticket, typed: Typed) -> Response:
    visit, now = visit_of(request), desk_of(request).now()
    label, tone = labels.state_for_agents(ticket, visit.words)
    due = due_next(ticket, ticket.clocks, now)
    works = may(visit.viewer, Act.ASSIGN, ticket)
    return page(
        request,
        "work.html",
        status=typed.status,
        ticket=ticket,
        label=label,
        tone=tone,
        priority=labels.priority(ticket.priority, visit.words),
        kind=labels.kind(ticket.kind, visit.words),
        due=due,
        is_late=due is not None and due <= now,
        estimated=await estimated(request, ticket),
        writes_report=may(visit.viewer, Act.WRITE_OUTAGE_REPORT, ticket),
        clocks=labels.clocks(ticket.clocks, visit.words, now),
        entries=await history(request, ticket),
        typed=typed,
        problems=typed.problems,
        works=works,
        **await choices(visit, ticket),
        is_unsolved=ticket.state in UNSOLVED,
        is_mine=ticket.assignee_id == visit.viewer.person_id,
        can_write=ticket.state is not TicketState.CLOSED and may(visit.viewer, Act.REPLY, ticket),
        **await at_hand(request, ticket, typed, works=works),
        **await _away(request, ticket),
        teams=await _teams(visit, ticket),
        colleagues=await colleagues_for(visit, ticket),
        kinds=[(kind.value, labels.kind(kind, visit.words)) for kind in TicketKind],
        urgencies=labels.urgencies(visit.words),
        impacts=labels.impacts(visit.words),
    )


async def _away(request: Request, ticket: Ticket) -> dict[str, Any]:
    """The absence of who has it, and the name of who stands in."""
    viewer, now, who = visit_of(request).viewer, desk_of(request).now(), ticket.assignee_id
    if who is None:
        return {"away": None, "stand_in": None}
    absences = (await absences_of(viewer, [who], now))[who]
    there = (await standing_in(now)).in_place_of(who)
    substitute = await visible_people(viewer).get_or_none(id=there) if there != who else None
    return {
        "away": next((absence for absence in absences if lasts(absence, now)), None),
        "stand_in": substitute.name if substitute else None,
    }


async def _teams(visit: Visit, ticket: Ticket) -> Sequence[Team]:
    """Teams that can take the ticket over."""
    teams = visible_teams(visit.viewer)
    return await teams.filter(customers__organization_id=ticket.organization_id).order_by("name")


async def colleagues_for(visit: Visit, ticket: Ticket) -> Sequence[Person]:
    """Agents of the teams that serve the requester's organization."""
    people = visible_people(visit.viewer).filter(
        memberships__team__customers__organization_id=ticket.organization_id,
        memberships__team__is_confidential=ticket.is_confidential,
        is_active=True,
    )
    if ticket.is_confidential:
        people = people.filter(in_teams([ticket.team_id] if ticket.team_id else []))
    return await people.distinct().order_by("name")
