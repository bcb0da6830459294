"""The breaker against an oracle that keeps every report and counts anew each time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from foredesk.hooks import CategorySuggestion
from plugins.breaker import Breaker, BreakerState
from tests.plugins.made import ACME, errors, host_with, made, suggestion, ticket


class Oracle:
    """Slow and plain: the whole history of reports since the last change of state."""

    def __init__(self) -> None:
        self.now = 0.0
        self.state = "closed"
        self.reports: list[tuple[float, bool]] = []
        self.opened_at = 0.0
        self.pause = 30.0
        self.probing = False
        self.changes = 0

    def admit(self) -> bool:
        if self.state == "open" and self.now - self.opened_at >= self.pause:
            self.enter("half_open")
        if self.state == "half_open":
            admitted, self.probing = not self.probing, True
            return admitted
        return self.state == "closed"

    def report(self, since: int, succeeded: bool) -> None:
        if since != self.changes:
            return
        self.reports.append((self.now, succeeded))
        if self.state == "half_open":
            self.probing = False
            if not succeeded:
                self.pause = min(600.0, self.pause * 2)
                self.open()
            elif len(self.reports) == 3:
                self.pause = 30.0
                self.enter("closed")
        elif self.state == "closed" and not succeeded:
            recent = [good for at, good in self.reports if at // 5 > self.now // 5 - 12]
            bad = recent.count(False)
            if bad >= 5 and bad / len(recent) >= 0.5:
                self.open()

    def withdraw(self, since: int) -> None:
        if since == self.changes:
            self.probing = False

    def open(self) -> None:
        self.enter("open")
        self.opened_at = self.now

    def enter(self, state: str) -> None:
        self.state, self.reports, self.probing = state, [], False
        self.changes += 1


STEPS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([1, 4, 5, 6, 25, 29, 30, 31, 60, 61, 120, 600])),
    st.tuples(st.sampled_from(["fail", "fail", "succeed"]), st.integers(1, 6)),
    st.tuples(st.just("begin"), st.integers(1, 2)),
    st.tuples(st.sampled_from(["end well", "end badly", "withdraw"]), st.integers(0, 3)),
)


class Pair:
    """A breaker and its oracle, given the same calls."""

    def __init__(self) -> None:
        self.oracle = Oracle()
        self.breaker = Breaker(lambda: self.oracle.now)
        self.begun: list[tuple[int, int]] = []

    def begin(self) -> None:
        era, admitted = self.breaker.admit(), self.oracle.admit()
        assert bool(era) == admitted
        if admitted:
            self.begun.append((era, self.oracle.changes))

    def end(self, place: int, how: str) -> None:
        if not self.begun:
            return
        era, since = self.begun.pop(place % len(self.begun))
        if how == "withdraw":
            self.breaker.withdraw(era)
            self.oracle.withdraw(since)
        else:
            self.breaker.report(era, succeeded=how == "end well")
            self.oracle.report(since, how == "end well")

    def whole_call(self, how: str) -> None:
        before = len(self.begun)
        self.begin()
        if len(self.begun) > before:
            self.end(-1, how)


@settings(max_examples=500, deadline=None)
@given(st.lists(STEPS, min_size=5, max_size=60))
def test_the_breaker_does_what_counting_everything_anew_would_do(
    steps: list[tuple[str, int]],
) -> None:
    pair = Pair()
    for what, number in steps:
        if what == "wait":
            pair.oracle.now += number
        elif what == "begin":
            for _ in range(number):
                pair.begin()
        elif what in ("fail", "succeed"):
            for _ in range(number):
                pair.whole_call("end badly" if what == "fail" else "end well")
        else:
            pair.end(number, what)
        assert pair.breaker.state.value == pair.oracle.state


async def test_a_plugin_that_keeps_failing_is_paused_and_comes_back_by_itself() -> None:
    time = [0.0]
    calls: list[float] = []
    down = [True]

    async def flaky() -> CategorySuggestion:
        calls.append(time[0])
        if down[0]:
            raise OSError("down")
        return suggestion("network")

    host = host_with(made("flaky", suggest_category=flaky), clock=lambda: time[0])

    async def ask() -> str | None:
        return errors(await host.collect("suggest_category", ACME, ticket=ticket()))["flaky"]

    assert [await ask() for _ in range(7)] == ["raised"] * 5 + ["open"] * 2
    assert host.report()[0]["paused"] is True
    time[0] = 30
    assert [await ask(), await ask()] == ["raised", "open"]
    time[0] = 89
    assert await ask() == "open"
    time[0], down[0] = 90, False
    assert [await ask() for _ in range(3)] == [None] * 3
    assert host.report()[0]["paused"] is False
    assert calls == [0.0] * 5 + [30.0] + [90.0] * 3


async def test_an_administrator_can_let_a_paused_plugin_try_again() -> None:
    async def raises() -> None:
        raise OSError("down")

    host = host_with(made("flaky", suggest_category=raises))
    for _ in range(5):
        await host.collect("suggest_category", ACME, ticket=ticket())
    assert host.report()[0]["hooks"][0]["breaker"] == BreakerState.OPEN.value

    host.resume("flaky")

    outcomes = await host.collect("suggest_category", ACME, ticket=ticket())
    assert errors(outcomes) == {"flaky": "raised"}


async def test_one_hook_that_fails_leaves_the_plugins_other_hooks_alone() -> None:
    async def raises() -> None:
        raise OSError("down")

    async def answers() -> CategorySuggestion:
        return suggestion("network")

    host = host_with(made("half", suggest_priority=raises, suggest_category=answers))
    for _ in range(5):
        await host.collect("suggest_priority", ACME, ticket=ticket())

    assert errors(await host.collect("suggest_priority", ACME, ticket=ticket())) == {"half": "open"}
    assert errors(await host.collect("suggest_category", ACME, ticket=ticket())) == {"half": None}
