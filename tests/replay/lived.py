"""Tickets that were lived through by the use cases, and the agreement that they ran under."""

from datetime import datetime, timedelta
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.replay.proposal import Proposal, Scope
from foredesk.sla.models import Agreement, AgreementVersion
from foredesk.sla.terms import terms_of
from foredesk.tickets.merge import merge_ticket, unmerge_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.pause import pause_ticket, resume_ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.states import WaitingFor
from tests.clock import Clock
from tests.tickets import Crowd
from tests.tickets.test_projection import COMMANDS, Command

EVER = timedelta(days=3650)

NEEDS_OTHERS = {"take in", "split", "move"}
COURSES: dict[str, Command] = {
    **{name: command for name, command in COMMANDS.items() if name not in NEEDS_OTHERS},
    "pause": lambda desk, viewer, crowd, ticket: pause_ticket(
        desk, viewer, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR
    ),
    "wait": lambda desk, viewer, crowd, ticket: pause_ticket(
        desk, viewer, ticket_id=ticket.id, waiting_for=WaitingFor.REQUESTER
    ),
    "resume": lambda desk, viewer, crowd, ticket: resume_ticket(desk, viewer, ticket_id=ticket.id),
    "unmerge": lambda desk, viewer, crowd, ticket: unmerge_ticket(
        desk, viewer, ticket_id=ticket.id
    ),
}

Step = tuple[str, str, int]
"""What is done, by whom, after how many minutes."""


async def live(desk: Desk, clock: Clock, crowd: Crowd, steps: list[Step]) -> Ticket:
    """What is not allowed in turn does not happen."""
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    for name, who, minutes in steps:
        clock.advance(timedelta(minutes=minutes))
        try:
            if name == "merge":
                await _merge(desk, crowd, ticket)
            else:
                await COURSES[name](desk, getattr(crowd, who), crowd, ticket)
        except DeskError:
            continue
    return ticket


async def _merge(desk: Desk, crowd: Crowd, ticket: Ticket) -> None:
    other = await record_ticket(desk, crowd.ada, subject="VPN is gone")
    await merge_ticket(desk, crowd.grace, ticket_id=ticket.id, into_id=other.id)


async def in_force(agreement: Agreement) -> Proposal:
    """The version in force, proposed once more."""
    version = await AgreementVersion.filter(agreement_id=agreement.id).order_by("-number").first()
    assert version is not None
    terms = (await terms_of([version.id]))[version.id]
    scope = Scope(_text(agreement.organization_id), _text(agreement.service_id), agreement.kind)
    return Proposal(agreement.name, terms, scope, agreement.id)


def ever(now: datetime) -> datetime:
    return now - EVER


def _text(id: UUID | None) -> str | None:
    return str(id) if id else None
