"""Agreement: under which service level agreement a ticket runs, and why."""

from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import PolicyFacts, TicketFacts
from foredesk.sla.agreed import Agreed, agreed
from foredesk.sla.agreements import AgreementChoice, applicable_agreements
from foredesk.tickets.change import Change
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import EventKind


async def choose_agreement(change: Change, policy: tuple[UUID, str] | None = None) -> None:
    """Put the ticket under the agreement a plugin chose, or else the one that takes precedence."""
    ticket = change.ticket
    candidates = await _candidates(ticket, await change.agreed())
    if not candidates:
        return
    chosen, because = candidates[0], candidates[0].reason
    for candidate in candidates:
        if policy and candidate.version.id == policy[0]:
            chosen, because = candidate, policy[1]
    if chosen.version.id != ticket.agreement_version_id:
        change.append(
            EventKind.AGREEMENT_CHOSEN,
            agreement_version_id=str(chosen.version.id),
            because=because,
        )


async def suggest_policy(desk: Desk, ticket: Ticket, facts: TicketFacts) -> tuple[UUID, str] | None:
    """The version a plugin chose and its explanation; None when the precedence decides."""
    if not desk.hooks.listeners("choose_sla_policy", ticket.organization_id):
        return None
    candidates = await _candidates(ticket, await agreed())
    policies = tuple(PolicyFacts(choice.version.id, choice.agreement.name) for choice in candidates)
    if not policies:
        return None
    outcome = await desk.hooks.first(
        "choose_sla_policy", ticket.organization_id, ticket=facts, policies=policies
    )
    if outcome is None or outcome.value is None:
        return None
    return outcome.value.policy_id, f"{outcome.plugin}: {outcome.value.explanation}"


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
