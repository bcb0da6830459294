"""Notices on their way out: of each object the newest, and of a flood only that there was one."""

from collections.abc import Sequence
from dataclasses import replace

from foredesk.ports import Notice

MOST_PER_TOPIC = 50


class Pending:
    def __init__(self) -> None:
        self._topics: dict[str, list[Notice] | None] = {}

    def add(self, notice: Notice) -> None:
        notices = self._topics.setdefault(notice.topic, [])
        if notices is None:
            return
        _put(notices, notice)
        if len(notices) > MOST_PER_TOPIC:
            self._topics[notice.topic] = None

    def take(self) -> list[Notice]:
        """All of them, once; `put_back` them if they could not be sent."""
        taken = [
            notice for topic, notices in self._topics.items() for notice in _of(topic, notices)
        ]
        self._topics.clear()
        return taken

    def put_back(self, notices: list[Notice]) -> None:
        """Before those that have come since."""
        newer = self.take()
        for notice in [*notices, *newer]:
            if notice.kind == "resync":
                self._topics[notice.topic] = None
            else:
                self.add(notice)

    def __bool__(self) -> bool:
        return bool(self._topics)


def _put(notices: list[Notice], notice: Notice) -> None:
    """What one client did is never told as part of what others did: it is spared its own."""
    for place in reversed(range(len(notices))):
        older = notices[place]
        if older.id == notice.id:
            if older.client == notice.client:
                notices[place] = _both(older, notice)
            else:
                notices.append(notice)
            return
    notices.append(notice)


def _both(older: Notice, newer: Notice) -> Notice:
    """From where the first began to where the last ended, unless something lies between."""
    after = older.after if newer.after == older.version else newer.after
    return replace(newer, version=max(older.version, newer.version), after=after)


def _of(topic: str, notices: Sequence[Notice] | None) -> Sequence[Notice]:
    if notices is None:
        return [Notice(topic=topic, id="", version=0, kind="resync")]
    return notices
