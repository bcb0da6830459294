"""Notices on their way out: of each object the newest, and of a flood only that there was one."""

from collections.abc import Mapping

from foredesk.ports import Notice

MOST_PER_TOPIC = 50


class Pending:
    def __init__(self) -> None:
        self._topics: dict[str, dict[str, int] | None] = {}

    def add(self, notice: Notice) -> None:
        versions = self._topics.setdefault(notice.topic, {})
        if versions is None:
            return
        versions[notice.id] = max(notice.version, versions.get(notice.id, 0))
        if len(versions) > MOST_PER_TOPIC:
            self._topics[notice.topic] = None

    def take(self) -> list[Notice]:
        """All of them, once; `put_back` them if they could not be sent."""
        taken = [
            notice for topic, versions in self._topics.items() for notice in _of(topic, versions)
        ]
        self._topics.clear()
        return taken

    def put_back(self, notices: list[Notice]) -> None:
        for notice in notices:
            if notice.kind == "resync":
                self._topics[notice.topic] = None
            else:
                self.add(notice)

    def __bool__(self) -> bool:
        return bool(self._topics)


def _of(topic: str, versions: Mapping[str, int] | None) -> list[Notice]:
    if versions is None:
        return [Notice(topic=topic, id="", version=0, kind="resync")]
    return [Notice(topic=topic, id=id, version=version) for id, version in versions.items()]
