"""Silence: nobody looks on while the story is played, so nobody is told."""

from collections.abc import Sequence

from foredesk.ports import Notice


class Unheard:
    """The Live port without listeners."""

    async def publish(
        self, topic: str, id: str, version: int, *, after: int | None = None, client: str = ""
    ) -> None:
        return None

    def listen(self, topic: str) -> "Nothing":
        return Nothing()


class Nothing:
    """A listener that is told nothing, and ends."""

    def __aiter__(self) -> "Nothing":
        return self

    async def __anext__(self) -> Notice:
        raise StopAsyncIteration

    def waiting(self) -> Sequence[Notice]:
        return ()

    async def aclose(self) -> None:
        return None
