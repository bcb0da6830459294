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

REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a caller may still ask for, and how fast that grows again (cost per second)."""

    remaining: int
    rate: int

    def told(self, answer: Answer) -> Answer:
        """The answer, with what is left in `extensions.cost`; a refused one has cost nothing."""
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

    def spend(
        self, connection: HTTPConnection, caller: Caller, prepared: Prepared
    ) -> Allowance | None:
        """What is left then, None without a limit. Raises RateLimited; a refusal costs nothing."""
        cost = max(prepared.cost, 1)
        if caller.viewer.person_id is not None:
            return self._take(str(caller.viewer.person_id), cost, self._signed_in)
        if prepared.kind is OperationType.MUTATION:
            cost += ANONYMOUS_WRITE
        address = connection.client.host if connection.client else ""
        return self._take(address, cost, self._anonymous)

    def _take(self, key: str, cost: int, rate: int) -> Allowance | None:
        if not rate:
            return None
        bucket = self._filled(key, rate)
        # An operation dearer than a whole burst runs when the bucket is full.
        missing = min(cost, rate * BURST_SECONDS) - bucket.level
        if missing > 0:
            left = Allowance(max(int(bucket.level), 0), rate)
            raise RateLimited(math.ceil(missing / rate), left)
        bucket.level -= cost
        return Allowance(max(int(bucket.level), 0), rate)

    def _filled(self, key: str, rate: int) -> _Bucket:
        now, full = self._clock(), float(rate * BURST_SECONDS)
        bucket = self._buckets.setdefault(key, _Bucket(full, now))
        bucket.level = min(full, bucket.level + (now - bucket.at) * rate)
        bucket.at = now
        self._buckets.move_to_end(key)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket
