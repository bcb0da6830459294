"""Backlog: how many tickets are open at the end of each day, and what came and went. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foredesk.measures.facts import MeasuredTicket
from foredesk.measures.periods import Span, Timeline


@dataclass(frozen=True, slots=True)
class BacklogDay:
    """What is open at the end is what was open before + opened + came back − resolved.

    A day that is not over tells how it stands.
    """

    day: date
    opened: int
    came_back: int
    resolved: int
    open_at_end: int
    is_complete: bool


class Backlog:
    """Counts what happened before `until`; `complete` tells which days are over by then."""

    def __init__(self, days: Sequence[Span], complete: Sequence[bool], until: datetime) -> None:
        self._days, self._complete, self._until = days, complete, until
        self._timeline = Timeline(days)
        self._start = days[0].start
        self._open_before = 0
        self._opened = [0] * len(days)
        self._came_back = [0] * len(days)
        self._resolved = [0] * len(days)

    def take(self, ticket: MeasuredTicket) -> None:
        for moments, counts, sign in (
            ((ticket.opened_at,), self._opened, 1),
            (ticket.returns, self._came_back, 1),
            (ticket.resolutions, self._resolved, -1),
        ):
            for at in moments:
                if at < self._start:
                    self._open_before += sign
                    continue
                day = self._timeline.index(at) if at < self._until else None
                if day is not None:
                    counts[day] += 1

    def days(self) -> list[BacklogDay]:
        found, still_open = [], self._open_before
        columns = zip(
            self._days, self._opened, self._came_back, self._resolved, self._complete, strict=True
        )
        for span, opened, came_back, resolved, is_complete in columns:
            still_open += opened + came_back - resolved
            found.append(BacklogDay(span.day, opened, came_back, resolved, still_open, is_complete))
        return found
