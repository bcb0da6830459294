"""Identifiers that sort by time as ours do (UUID version 7), and are the same in every run."""

from datetime import datetime
from random import Random
from uuid import UUID


class Identities:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def at(self, moment: datetime) -> UUID:
        milliseconds = int(moment.timestamp() * 1000)
        chance = self._random.getrandbits(74)
        high, low = chance >> 62, chance & ((1 << 62) - 1)
        return UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)
