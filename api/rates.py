"""Rates: how much one caller may ask for, as a bucket of cost that fills again (token bucket)."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from graphql import OperationType
from starlette.requests import HTTPConnection

from api.admission import Caller
from api.operations.answer import Answer
from api.operations.prepare import Prepared

BURST_SECONDS = 10
ANONYMOUS_WRITE = 100
"""What a mutation of nobody costs beyond its objects: votes are cheap to make, and to fake."""

REFUSED = 10
"""What an operation costs that did not run: it was parsed and checked all the same."""

REMEMBERED = 10_000
NOBODY = Caller()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a caller may still ask for, and how fast that grows again (cost per second)."""

    remaining: int
    rate: int

    def told(self, answer: Answer) -> Answer:
        """The answer, with what is left in `extensions.cost`, where it tells a cost."""
        cost = answer.extensions.get("cost")
        if cost is None:
            return answer
        left = {**cost, "remaining": self.remaining, "restoreRate": self.rate}
        return replace(answer, extensions={**answer.extensions, "cost": left})

    def headers(self) -> dict[str, str]:
        """As the IETF's draft has them: the quota of the window, what is left, when it is full."""
        full = self.rate * BURST_SECONDS
        seconds = math.ceil((full - self.remaining) / self.rate)
        return {
            "ratelimit-policy": f'"cost";q={full};w={BURST_SECONDS}',
            "ratelimit": f'"cost";r={self.remaining};t={seconds}',
        }


class RateLimited(Exception):
    """The caller has asked for too much lately; `seconds` is how long to wait, rounded up."""

    message = "This is too much in a short time. Wait as long as Retry-After says."

    def __init__(self, seconds: int, left: Allowance) -> None:
        super().__init__(self.message)
        self.seconds = seconds
        self.left = left

    def headers(self) -> dict[str, str]:
        return {"retry-after": str(self.seconds), **self.left.headers()}


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


class Rates:
    """One bucket per person, and per network address of those who are nobody.

    Rates are in cost per second, as `extensions.cost` counts it, after a burst of ten seconds'
    worth; 0 is no limit. Each process has its own buckets.
    """

    def __init__(
        self, signed_in: int, anonymous: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._signed_in = signed_in
        self._anonymous = anonymous
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def require(self, connection: HTTPConnection, caller: Caller) -> None:
        """Before anything is parsed. Raises RateLimited for a caller who has nothing left."""
        key, rate = self._purse(connection, caller)
        if rate and (bucket := self._filled(key, rate)).level < 1:
            raise _limited(bucket, 1, rate)

    def refuse(self, connection: HTTPConnection, caller: Caller) -> Allowance | None:
        """What is left after an operation that was refused while it was prepared."""
        key, rate = self._purse(connection, caller)
        if not rate:
            return None
        bucket = self._filled(key, rate)
        bucket.level -= REFUSED
        return _left(bucket, rate)

    def turn_away(self, connection: HTTPConnection) -> None:
        """What is no operation at all, or of nobody we know, costs its address a refusal.

        Raises RateLimited instead of it, for an address that has nothing left.
        """
        self.require(connection, NOBODY)
        self.refuse(connection, NOBODY)

    def spend(
        self, connection: HTTPConnection, caller: Caller, prepared: Prepared
    ) -> Allowance | None:
        """What is left then, None without a limit. Raises RateLimited, at the price of a refusal
        as long as there is something left.
        """
        cost = max(prepared.cost, 1)
        if caller.viewer.person_id is None and prepared.kind is OperationType.MUTATION:
            cost += ANONYMOUS_WRITE
        key, rate = self._purse(connection, caller)
        return self._take(key, cost, rate) if rate else None

    def _purse(self, connection: HTTPConnection, caller: Caller) -> tuple[str, int]:
        """Whose bucket it is, and how fast that fills."""
        if caller.viewer.person_id is not None:
            return str(caller.viewer.person_id), self._signed_in
        return connection.client.host if connection.client else "", self._anonymous

    def _take(self, key: str, cost: int, rate: int) -> Allowance:
        bucket = self._filled(key, rate)
        # An operation dearer than a whole burst runs when the bucket is full.
        needed = min(cost, rate * BURST_SECONDS)
        if bucket.level < needed:
            if bucket.level >= 1:
                bucket.level -= REFUSED
            raise _limited(bucket, needed, rate)
        bucket.level -= cost
        return _left(bucket, rate)

    def _filled(self, key: str, rate: int) -> _Bucket:
        now, full = self._clock(), float(rate * BURST_SECONDS)
        bucket = self._buckets.setdefault(key, _Bucket(full, now))
        bucket.level = min(full, bucket.level + (now - bucket.at) * rate)
        bucket.at = now
        self._buckets.move_to_end(key)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket


def _left(bucket: _Bucket, rate: int) -> Allowance:
    return Allowance(max(int(bucket.level), 0), rate)


def _limited(bucket: _Bucket, needed: int, rate: int) -> RateLimited:
    return RateLimited(math.ceil((needed - bucket.level) / rate), _left(bucket, rate))
