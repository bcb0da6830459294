"""Silence: nobody looks on while the story is played, so nobody is told."""

from collections.abc import AsyncIterator

from foredesk.ports import Notice


class Unheard:
    """The Live port without listeners."""

    async def publish(self, topic: str, id: str, version: int) -> None:
        return None

    async def listen(self, topic: str) -> AsyncIterator[Notice]:
        nothing: tuple[Notice, ...] = ()
        for notice in nothing:
            yield notice
