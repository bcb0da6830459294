"""Histories: one request from its first search to its last word."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from foredesk.demo.plot import Ending
from foredesk.demo.reports import Reporting
from foredesk.demo.stage import Moments
from foredesk.tickets.confirm import confirm_resolution, refuse_resolution, reopen_ticket
from foredesk.tickets.reply import add_reply

Act = Callable[[], Awaitable[None]]
_PATIENCE = 27.0
"""Working hours that an agent waits for an answer before going on without it."""


@dataclass(slots=True)
class History(Reporting):
    """The acts in the order that the plan gives them."""

    async def unfold(self) -> Moments:
        """From the first search to the last word."""
        if self.plan.path.searched_first and self.plan.channel == "portal":
            await self._search()
            yield self._now() + timedelta(minutes=self.chance.uniform(2, 6))
        await self._ask()
        yield self._later(self.plan.path.answered_after)
        await self._answer()
        async for moment in self._work():
            yield moment
        await self._resolve(self._case.solution)
        if self._owes_report:
            yield self._later(self.chance.uniform(0.5, 3))
            await self._report()
        async for moment in self._end():
            yield moment
        if self._owes_report:
            yield self._later(self.chance.uniform(1, 9))
            await self._answer_report()

    async def _work(self) -> Moments:
        """Everything between the first answer and the solution, each at its hour of work."""
        worked = 0.0
        for hours, act in sorted(self._planned(), key=lambda planned: planned[0]):
            yield self._later(hours - worked)
            worked = hours
            await act()
            if act == self._ask_back:
                async for moment in self._wait():
                    yield moment
        yield self._later(max(0.05, self.plan.path.solved_after - worked))

    def _planned(self) -> list[tuple[float, Act]]:
        path = self.plan.path
        planned: list[tuple[float | None, Act]] = [
            (path.asked_after, self._ask_back),
            (path.noted_after, self._note),
            (path.handed_over_after, self._hand_over),
            (path.escalated_after, self._escalate),
            (path.nudged_after, self._nudge),
        ]
        planned += [
            (made.made_after, partial(self._estimate, made.hours, is_first=number == 0))
            for number, made in enumerate(path.estimates)
        ]
        return [
            (hours, act)
            for hours, act in planned
            if hours is not None and hours < path.solved_after
        ]

    async def _wait(self) -> Moments:
        """For the requester; in the end without them."""
        answered = self.plan.path.replied_after
        if answered is None:
            yield self._later(_PATIENCE)
            return
        yield self._later(answered)
        await add_reply(
            self.scene.desk,
            self.requester,
            ticket_id=self.ticket_id,
            body=self.words.fill(self._case.answer),
        )

    async def _end(self) -> Moments:
        match self.plan.path.ending:
            case Ending.CONFIRMED:
                async for moment in self._confirmed():
                    yield moment
            case Ending.REFUSED:
                yield self._later(self.plan.path.ended_after)
                reason = self.words.phrase("refusals")
                await refuse_resolution(
                    self.scene.desk, self.requester, ticket_id=self.ticket_id, reason=reason
                )
                async for moment in self._once_more():
                    yield moment
            case Ending.REOPENED:
                async for moment in self._confirmed():
                    yield moment
                yield self._later(4) + timedelta(days=self.chance.randint(1, 9))
                reason = self.words.phrase("reopenings")
                await reopen_ticket(
                    self.scene.desk, self.requester, ticket_id=self.ticket_id, reason=reason
                )
                async for moment in self._once_more():
                    yield moment

    async def _confirmed(self) -> Moments:
        yield self._later(min(self.plan.path.ended_after, 20))
        await confirm_resolution(
            self.scene.desk,
            self.requester,
            ticket_id=self.ticket_id,
            comment=self.words.phrase("thanks", **self._agent_names),
        )

    async def _once_more(self) -> Moments:
        yield self._later(self.chance.uniform(0.2, 2))
        await self._reply(self.words.phrase("taken"))
        yield self._later(self.chance.uniform(0.5, 5))
        await self._resolve(self.chance.choice(self.words.wording.phrases["second_solutions"]))
        async for moment in self._confirmed():
            yield moment
