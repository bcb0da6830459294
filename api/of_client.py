"""The live updates that one client causes: it is named as their origin."""

from dataclasses import dataclass

from foredesk.ports import Listener, Live


@dataclass(frozen=True, slots=True)
class OfClient:
    """The Live port for the operations of one client, which need not hear of what it did itself."""

    live: Live
    client: str

    async def publish(
        self, topic: str, id: str, version: int, *, after: int | None = None, client: str = ""
    ) -> None:
        await self.live.publish(topic, id, version, after=after, client=client or self.client)

    def listen(self, topic: str) -> Listener:
        return self.live.listen(topic)
