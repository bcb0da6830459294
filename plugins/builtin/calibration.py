"""Calibration: how often a prediction of some confidence is right, learned from held-out ones."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

BLOCKS = 20
SMALLEST_BLOCK = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising line through points (said, true); between two points it is straight."""

    said: tuple[float, ...]
    true: tuple[float, ...]

    @classmethod
    def fit(cls, judged: Iterable[tuple[float, bool]]) -> Self:
        """From pairs of the confidence said and whether it was right."""
        blocks = _rising(_blocks(judged))
        return cls(
            tuple(block.said / block.count for block in blocks),
            tuple(block.share for block in blocks),
        )

    def __call__(self, said: float) -> float:
        if not self.said:
            return said
        after = bisect_left(self.said, said)
        if after == 0:
            return self.true[0]
        if after == len(self.said):
            return self.true[-1]
        before = after - 1
        way = (said - self.said[before]) / (self.said[after] - self.said[before])
        return self.true[before] + way * (self.true[after] - self.true[before])


UNCALIBRATED = Calibration((), ())


@dataclass(slots=True)
class _Block:
    said: float
    right: int
    count: int

    @property
    def share(self) -> float:
        """Laplace's rule: one right and one wrong are added, so that nothing is ever certain."""
        return (self.right + 1) / (self.count + 2)

    def joined(self, other: "_Block") -> "_Block":
        return _Block(self.said + other.said, self.right + other.right, self.count + other.count)


def _blocks(judged: Iterable[tuple[float, bool]]) -> list[_Block]:
    """Neighbors together, in about equal numbers; those who said the same are never parted."""
    same: dict[float, _Block] = {}
    for said, right in judged:
        same[said] = same.get(said, _Block(0.0, 0, 0)).joined(_Block(said, int(right), 1))
    size = max(SMALLEST_BLOCK, sum(block.count for block in same.values()) // BLOCKS)
    blocks: list[_Block] = []
    for _, block in sorted(same.items()):
        if blocks and blocks[-1].count < size:
            block = blocks.pop().joined(block)
        blocks.append(block)
    return blocks


def _rising(blocks: list[_Block]) -> list[_Block]:
    """Pool adjacent violators: join neighbors until the shares rise."""
    rising: list[_Block] = []
    for block in blocks:
        while rising and rising[-1].share >= block.share:
            block = rising.pop().joined(block)
        rising.append(block)
    return rising
