"""Classify: decide kind, category and priority, by plugins first and by people ever after."""

import logging
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from tortoise.exceptions import BaseORMException, IntegrityError

from foredesk import faults
from foredesk.catalog import queries as catalog
from foredesk.desk import Desk
from foredesk.each import each
from foredesk.errors import NotFound
from foredesk.hooks import CategorySuggestion, PrioritySuggestion
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.ports import Outcome
from foredesk.sla.priority import Impact, Urgency, priority_of
from foredesk.text import one_line
from foredesk.tickets.agreement import (
    Suggested,
    asks_plugins,
    choose_agreement,
    suggest_policy,
)
from foredesk.tickets.assign import suggest_assignment
from foredesk.tickets.becoming import grounds, policy_after
from foredesk.tickets.change import Change, changing, store
from foredesk.tickets.facts import facts_in, facts_of
from foredesk.tickets.models import Ticket, TicketKind
from foredesk.tickets.projection import rebuild
from foredesk.tickets.states import EventKind

THRESHOLD = 0.5
"""A category below this confidence is shown to the agent instead of being applied."""

CATEGORY_LIMIT = 64
PATIENCE = timedelta(seconds=10)
"""Much longer than all plugins together may take."""

logger = logging.getLogger(__name__)


async def classify_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    kind: TicketKind | None,
    category: str | None,
    impact: Impact | None,
    urgency: Urgency | None,
    service_id: UUID | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Set what the request is about; None where nobody knows. The priority follows, and where
    service, kind or priority is another one, the agreement is chosen anew.

    Raises InvalidInput for an unreadable category, and what `changing` raises.
    """
    if category is not None:
        category = one_line("category", category, limit=CATEGORY_LIMIT, blank="Name a category.")
    if service_id and not await catalog.visible_to(viewer).filter(id=service_id).exists():
        raise NotFound("serviceId")
    priority = priority_of(impact or Impact.MEDIUM, urgency or Urgency.MEDIUM)
    becomes: dict[str, Any] = {"kind": kind, "service_id": service_id, "priority": priority}
    becomes |= {"impact": impact, "urgency": urgency}
    policy = await policy_after(desk, viewer, ticket_id, **becomes)
    async with changing(
        desk, viewer, ticket_id, Act.CLASSIFY, expected_version=expected_version, once=once
    ) as change:
        before = grounds(change.ticket)
        _classify(
            change,
            kind=kind,
            category=category,
            impact=impact,
            urgency=urgency,
            service_id=service_id,
            decided_by="person",
        )
        if grounds(change.ticket) != before or change.ticket.agreement_version_id is None:
            await choose_agreement(change, policy)
    return change.ticket


def classify_at_hand(change: Change, locale: str | None) -> None:
    """Add the classification to the record itself, where nobody but the desk has to be asked.

    What is still to be decided afterwards stays unclassified.
    """
    hooks, ticket = change.desk.hooks, change.ticket
    organization_id = ticket.organization_id
    if locale is None or asks_plugins(change.desk, organization_id):
        return
    facts = facts_in(ticket, locale)
    categories = hooks.at_hand("suggest_category", organization_id, ticket=facts)
    priorities = hooks.at_hand("suggest_priority", organization_id, ticket=facts)
    if categories is None or priorities is None:
        return
    deciding = replace(change, viewer=SYSTEM)
    _tell(deciding, "suggest_category", categories)
    _tell(deciding, "suggest_priority", priorities)
    _decide(deciding, categories, priorities)
    change.moves_clocks = deciding.moves_clocks


async def classify_recorded(recorded: Change, locale: str | None) -> Ticket:
    """Ask the plugins about what this process has just stored, which nothing has to be read for.

    What was classified at once is only offered to those who suggest an assignment.
    The ticket is there whatever happens: a database that fails now leaves it to the sweep.
    """
    desk, ticket_id = recorded.desk, recorded.ticket.id
    try:
        if recorded.ticket.classified_at is not None:
            return await suggest_assignment(desk, recorded.ticket)
        answers = await _ask(desk, recorded.ticket, locale)
        change = Change(desk, SYSTEM, recorded.ticket)
        await _keep(change, answers)
        try:
            await store(change)
        except IntegrityError:
            return await _classify_locked(desk, ticket_id, answers)
        faults.point("after-classification")
        return await suggest_assignment(desk, change.ticket)
    except BaseORMException:
        logger.exception("The request %s will be classified later", ticket_id)
        return rebuild(recorded.events)


async def classify_by_plugins(desk: Desk, ticket_id: UUID) -> Ticket:
    """Ask the plugins once and keep their answers, failures included. Harmless when repeated."""
    ticket = await Ticket.get(id=ticket_id)
    if ticket.classified_at is not None:
        return ticket
    return await _classify_locked(desk, ticket_id, await _ask(desk, ticket, None))


async def classify_forgotten(desk: Desk, *, limit: int = 50) -> int:
    """Classify what was recorded by a process that died before it could; returns how many."""
    forgotten = await (
        Ticket.filter(
            classified_at__isnull=True,
            merged_into_id__isnull=True,
            opened_at__lte=desk.now() - PATIENCE,
        )
        .order_by("opened_at")
        .limit(limit)
    )
    ids = [ticket.id for ticket in forgotten]
    return len(await each("Classifying the request", ids, partial(classify_by_plugins, desk)))


@dataclass(frozen=True, slots=True)
class _Answers:
    categories: tuple[Outcome, ...]
    priorities: tuple[Outcome, ...]
    policy: Suggested | None


async def _ask(desk: Desk, ticket: Ticket, locale: str | None) -> _Answers:
    facts, organization_id = await facts_of(ticket, locale), ticket.organization_id
    return _Answers(
        await desk.hooks.collect("suggest_category", organization_id, ticket=facts),
        await desk.hooks.collect("suggest_priority", organization_id, ticket=facts),
        await suggest_policy(desk, ticket, facts),
    )


async def _classify_locked(desk: Desk, ticket_id: UUID, answers: _Answers) -> Ticket:
    async with changing(desk, SYSTEM, ticket_id, Act.CLASSIFY) as change:
        if change.ticket.merged_into_id is not None:
            return change.ticket
        if change.ticket.classified_at is None:
            await _keep(change, answers)
    faults.point("after-classification")
    return await suggest_assignment(desk, change.ticket)


async def _keep(change: Change, answers: _Answers) -> None:
    _tell(change, "suggest_category", answers.categories)
    _tell(change, "suggest_priority", answers.priorities)
    _decide(change, answers.categories, answers.priorities)
    if answers.policy is not None:
        await choose_agreement(change, answers.policy)


def _decide(
    change: Change, categories: tuple[Outcome, ...], priorities: tuple[Outcome, ...]
) -> None:
    best = _most_confident(categories)
    category: CategorySuggestion | None = best.value if best else None
    applied = category is not None and category.confidence >= THRESHOLD
    pressing = _most_confident(priorities)
    priority: PrioritySuggestion | None = pressing.value if pressing else None
    ticket = change.ticket
    _classify(
        change,
        kind=ticket.kind,
        category=category.category if category and applied else None,
        impact=ticket.impact or (Impact(priority.impact) if priority else None),
        urgency=ticket.urgency or (Urgency(priority.urgency) if priority else None),
        service_id=ticket.service_id,
        decided_by=f"plugin:{best.plugin}" if best and applied else "default",
        explanation=category.explanation if category and applied else "",
        confidence=category.confidence if category and applied else None,
    )


def _classify(
    change: Change,
    *,
    kind: TicketKind | None,
    category: str | None,
    impact: Impact | None,
    urgency: Urgency | None,
    service_id: UUID | None,
    decided_by: str,
    explanation: str = "",
    confidence: float | None = None,
) -> None:
    change.append(
        EventKind.CLASSIFIED,
        kind=kind,
        category=category,
        impact=impact,
        urgency=urgency,
        service_id=str(service_id) if service_id else None,
        priority=priority_of(impact or Impact.MEDIUM, urgency or Urgency.MEDIUM),
        decided_by=decided_by,
        explanation=explanation,
        confidence=confidence,
    )


def _tell(change: Change, hook: str, outcomes: tuple[Outcome, ...]) -> None:
    for outcome in outcomes:
        change.append(EventKind.SUGGESTED, hook=hook, **told(outcome))


def told(outcome: Outcome) -> dict[str, Any]:
    """What an agent is shown of a plugin's answer or failure, as JSON."""
    if outcome.error:
        return {"plugin": outcome.plugin, "error": outcome.error, "detail": outcome.detail[:500]}
    return {"plugin": outcome.plugin, "suggestion": asdict(outcome.value)}


def _most_confident(outcomes: tuple[Outcome, ...]) -> Outcome | None:
    answers = [outcome for outcome in outcomes if outcome.value is not None]
    return max(answers, key=lambda answer: float(answer.value.confidence), default=None)
