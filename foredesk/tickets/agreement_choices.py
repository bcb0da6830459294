"""Why this agreement: every agreement that was considered for a ticket, in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from foredesk.sla.agreements import ConsideredAgreement, considered_agreements
from foredesk.sla.models import Agreement, AgreementVersion
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind


@dataclass(frozen=True, slots=True)
class TicketAgreementChoice:
    """`reason` is the one of the precedence; for the chosen one, what the history says."""

    agreement: Agreement
    version: AgreementVersion | None
    applies: bool
    is_chosen: bool
    reason: str


async def agreement_choices(ticket: Ticket) -> Sequence[TicketAgreementChoice]:
    """By precedence, those that do not apply last. Ask only for those who handle the ticket."""
    considered = await considered_agreements(
        organization_id=ticket.organization_id,
        service_id=ticket.service_id,
        kind=ticket.kind,
        at=ticket.opened_at,
    )
    because = await _because(ticket) if ticket.agreement_version_id else ""
    return [_choice(ticket, one, because) for one in considered]


def _choice(ticket: Ticket, one: ConsideredAgreement, because: str) -> TicketAgreementChoice:
    is_chosen = one.version is not None and one.version.id == ticket.agreement_version_id
    reason = because if is_chosen and because else one.reason
    return TicketAgreementChoice(one.agreement, one.version, one.applies, is_chosen, reason)


async def _because(ticket: Ticket) -> str:
    chosen = TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.AGREEMENT_CHOSEN)
    last = await chosen.order_by("-sequence").first()
    return str(last.data.get("because") or "") if last else ""
