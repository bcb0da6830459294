"""The built-in estimate of repair: how long comparable incidents of the same team took."""

import math
from collections.abc import Callable, Sequence
from datetime import timedelta

from foredesk.hooks import Context, PluginInfo, RepairEstimate, RepairFacts, TicketFacts, hookimpl

FEWEST = 20
"""With fewer comparable incidents it says nothing: nine in ten of them would mean nothing."""
STEP = timedelta(minutes=5)
"""Promises are made to the next five minutes, never earlier than the figure."""

Alike = Callable[[RepairFacts], bool]
COMPARABLE: Sequence[tuple[str, Alike]] = (
    ("of the same category and priority", lambda past: past.same_category and past.same_priority),
    ("of the same category", lambda past: past.same_category),
    ("of the same priority", lambda past: past.same_priority),
    ("of all kinds", lambda past: True),
)
"""From the most alike to the least; the first with enough of them counts."""


class RepairHistory:
    """Answers None where too few comparable incidents took longer than this one has already."""

    plugin = PluginInfo("repair-history")

    @hookimpl(trylast=True)
    async def estimate_repair(
        self, ctx: Context, ticket: TicketFacts, history: tuple[RepairFacts, ...]
    ) -> RepairEstimate | None:
        if ticket.opened_at is None:
            return None
        elapsed = (ctx.now - ticket.opened_at).total_seconds()
        for which, alike in COMPARABLE:
            spans = sorted(one.seconds for one in history if alike(one) and one.seconds > elapsed)
            if len(spans) >= FEWEST:
                soon, latest = _quantile(spans, 0.5), _quantile(spans, 0.9)
                return RepairEstimate(
                    probably_by=ticket.opened_at + soon,
                    almost_certainly_by=ticket.opened_at + latest if latest > soon else None,
                    confidence=0.5,
                    explanation=_explanation(which, len(spans), soon, latest),
                )
        return None


def _quantile(spans: Sequence[float], share: float) -> timedelta:
    """The order statistic that the next incident stays below with at least this probability:
    number k of n with k = share × (n + 1), rounded up (David and Nagaraja 2003, section 7.3).
    """
    place = min(math.ceil(share * (len(spans) + 1)), len(spans))
    return math.ceil(spans[place - 1] / STEP.total_seconds()) * STEP


def _explanation(which: str, n: int, soon: timedelta, latest: timedelta) -> str:
    return (
        f"Of {n} solved incidents of the team {which} that took longer than this one so far, half "
        f"took up to {_span(soon)}, and nine in ten up to {_span(latest)}."
    )


def _span(span: timedelta) -> str:
    hours, minutes = divmod(round(span.total_seconds() / 60), 60)
    days, hours = divmod(hours, 24)
    named = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{number} {unit}" for number, unit in named if number)
