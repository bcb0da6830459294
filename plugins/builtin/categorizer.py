"""The built-in categorizer: learns each organization's categories from its own past tickets."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from foredesk.hooks import (
    Alternative,
    CategorySuggestion,
    ClassifiedTicket,
    Context,
    PluginInfo,
    TicketFacts,
    hookimpl,
)
from plugins.at_hand import NotAtHand
from plugins.builtin.naive_bayes import NaiveBayes, Prediction

FRESH = timedelta(minutes=10)
"""A model this old still answers, while a new one is being trained."""
RETRY = timedelta(minutes=1)
"""How soon to look again where there was too little to learn from."""
MODELS = 100
"""Organizations whose models are kept; the one asked least recently gives way."""
MARGIN = 0.05


class Categorizer:
    """Answers None until the organization has a few tickets with a category."""

    plugin = PluginInfo("naive-bayes", permissions=frozenset({"tickets.history"}))

    def __init__(self) -> None:
        self._learned: dict[UUID, _Learned] = {}
        self._trainings: dict[UUID, asyncio.Task[None]] = {}

    @hookimpl(trylast=True)
    async def suggest_category(
        self, ctx: Context, ticket: TicketFacts
    ) -> CategorySuggestion | None:
        model = await self._model(ctx, ticket.organization_id)
        return _suggestion(model.predict(ticket.text)) if model else None

    def suggest_category_at_hand(self, facts: Mapping[str, Any]) -> CategorySuggestion | None:
        """Raises NotAtHand while there is no model of these days."""
        ctx, ticket = facts["ctx"], facts["ticket"]
        learned = self._learned.get(ticket.organization_id)
        if learned is None or ctx.now >= learned.stale_at:
            raise NotAtHand
        self._learned[ticket.organization_id] = self._learned.pop(ticket.organization_id)
        return _suggestion(learned.model.predict(ticket.text)) if learned.model else None

    @hookimpl
    async def shutdown(self) -> None:
        for training in self._trainings.values():
            training.cancel()
        await asyncio.gather(*self._trainings.values(), return_exceptions=True)

    async def _model(self, ctx: Context, organization_id: UUID) -> NaiveBayes | None:
        """The newest there is; waits for the very first as long as the budget allows."""
        learned = self._learned.pop(organization_id, None)
        if learned is not None:
            self._learned[organization_id] = learned
        if learned is None or ctx.now >= learned.stale_at:
            training = self._training(ctx, organization_id)
            if learned is None or learned.model is None:
                await asyncio.wait({training}, timeout=max(0.0, ctx.remaining - MARGIN))
        newest = self._learned.get(organization_id)
        return newest.model if newest else None

    def _training(self, ctx: Context, organization_id: UUID) -> asyncio.Task[None]:
        """At most one at a time for each organization; it outlives the call that began it."""
        training = self._trainings.get(organization_id)
        if training is None or training.done():
            training = asyncio.create_task(self._train(ctx, organization_id))
            self._trainings[organization_id] = training
            training.add_done_callback(lambda _: self._trainings.pop(organization_id, None))
        return training

    async def _train(self, ctx: Context, organization_id: UUID) -> None:
        try:
            history = await ctx.classified_tickets()
            model = await asyncio.to_thread(_trained, history)
        except Exception:
            ctx.log.exception("could not learn from the history of %s", organization_id)
            model = None
        stale_at = ctx.now + (FRESH if model else RETRY)
        self._learned[organization_id] = _Learned(model, stale_at)
        while len(self._learned) > MODELS:
            self._learned.pop(next(iter(self._learned)))


@dataclass(frozen=True, slots=True)
class _Learned:
    model: NaiveBayes | None
    stale_at: datetime


def _trained(history: Sequence[ClassifiedTicket]) -> NaiveBayes | None:
    return NaiveBayes.train((ticket.text, ticket.category) for ticket in history)


def _suggestion(predictions: Sequence[Prediction]) -> CategorySuggestion | None:
    if not predictions:
        return None
    best, *others = predictions
    return CategorySuggestion(
        best.category,
        best.confidence,
        _explanation(best),
        tuple(Alternative(other.category, other.confidence) for other in others),
    )


def _explanation(best: Prediction) -> str:
    if not best.words:
        return f"most earlier tickets were {best.category}"
    words = ", ".join(f"“{word}”" for word in best.words)
    return f"earlier tickets with {words} were {best.category}"
