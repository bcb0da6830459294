"""Rates: how much one caller may ask for, as a bucket of cost that fills again (token bucket)."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from graphql import OperationType
from starlette.requests import HTTPConnection

from api.admission import Caller
from api.operations.prepare import Prepared

BURST_SECONDS = 10
ANONYMOUS_WRITE = 100
"""What a mutation of nobody costs beyond its objects: votes are cheap to make, and to fake."""

REMEMBERED = 10_000


class RateLimited(Exception):
    """The caller has asked for too much lately; `seconds` is how long to wait, rounded up."""

    message = "This is too much in a short time. Wait as long as Retry-After says."

    def __init__(self, seconds: int) -> None:
        super().__init__(self.message)
        self.seconds = seconds


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

    def spend(self, connection: HTTPConnection, caller: Caller, prepared: Prepared) -> None:
        """Raises RateLimited; an operation that is refused costs nothing."""
        cost = max(prepared.cost, 1)
        if caller.viewer.person_id is not None:
            self._take(str(caller.viewer.person_id), cost, self._signed_in)
            return
        if prepared.kind is OperationType.MUTATION:
            cost += ANONYMOUS_WRITE
        self._take(connection.client.host if connection.client else "", cost, self._anonymous)

    def _take(self, key: str, cost: int, rate: int) -> None:
        if not rate:
            return
        bucket = self._filled(key, rate)
        # An operation dearer than a whole burst runs when the bucket is full.
        missing = min(cost, rate * BURST_SECONDS) - bucket.level
        if missing > 0:
            raise RateLimited(math.ceil(missing / rate))
        bucket.level -= cost

    def _filled(self, key: str, rate: int) -> _Bucket:
        now, full = self._clock(), float(rate * BURST_SECONDS)
        bucket = self._buckets.setdefault(key, _Bucket(full, now))
        bucket.level = min(full, bucket.level + (now - bucket.at) * rate)
        bucket.at = now
        self._buckets.move_to_end(key)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket
