"""How a job is run: how long, how often, when it is given up."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from foredesk.ports import JobContext

Handler = Callable[[Mapping[str, Any], JobContext], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class JobPolicy:
    """One for all jobs. After `tries` failures a job is held for an operator (`retry_failed`)."""

    tries: int = 8
    timeout: timedelta = timedelta(seconds=60)
    first_delay: timedelta = timedelta(seconds=1)
    longest_delay: timedelta = timedelta(minutes=5)
    heartbeat: timedelta = timedelta(seconds=10)
    """A job whose worker gave no sign of life for so long is run again by another."""
    poll: timedelta = timedelta(seconds=5)
    """The longest a job waits when the notice that would wake the worker got lost."""
    batch: int = 10
    concurrent: int = 20
    grace: timedelta = timedelta(seconds=20)
    """How long `stop` waits for running jobs before it returns them to the queue."""
    restart_delay: timedelta = timedelta(seconds=1)

    def delay(self, attempt: int) -> timedelta:
        """Before the next try, after this many failed ones before it."""
        return min(self.first_delay * (1 << min(attempt, 20)), self.longest_delay)
