"""Places: how many sockets and streams may stand open for nobody in particular."""

from collections import Counter
from collections.abc import Callable


class NoPlaceLeft(Exception):
    """Too many are open from this network address."""

    message = "Too many open connections from your network address. Close some, or sign in."


class Places:
    """Counts by network address those who have not said who they are; 0 is no limit.

    Each process counts its own.
    """

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()

    def take(self, address: str) -> Callable[[], None]:
        """Raises NoPlaceLeft. Call what it gives to leave, once or more often."""
        if self._most and self._taken[address] >= self._most:
            raise NoPlaceLeft(NoPlaceLeft.message)
        self._taken[address] += 1
        is_taken = True

        def leave() -> None:
            nonlocal is_taken
            if is_taken:
                is_taken = False
                self._taken[address] -= 1
                if not self._taken[address]:
                    del self._taken[address]

        return leave

    def taken(self, address: str) -> int:
        return self._taken[address]
