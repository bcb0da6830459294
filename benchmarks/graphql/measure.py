"""Measure: all servers in turn, round after round, so that what else runs disturbs all of them."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import orjson

from benchmarks.graphql.answers import canonical, differences
from benchmarks.graphql.contenders import Contender
from benchmarks.graphql.operations import Operation
from benchmarks.graphql.requests import Choice

CONNECTIONS = 16
COMPARED = 12
STEADY = 0.05
WARM_SLICES = 12
FORGIVEN = 0.02
"""What may fail of the requests, where a server gives up before the others are done."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One server with one operation in one round."""

    rps: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    generator_cpu: float


Samples = dict[Operation, dict[str, list[Sample]]]


class Different(Exception):
    """Two servers do not answer the same; what they take is no comparison then."""


class Bench:
    def __init__(
        self,
        contenders: Sequence[Contender],
        choices: Mapping[str, Choice],
        *,
        tidy: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        """`choices` are by the name of the contender; `tidy` ends what an act leads to."""
        self._contenders = contenders
        self._choices = choices
        self._tidy = tidy
        self._say = say

    def compare(self, operation: Operation) -> None:
        """Raises Different. Who has other data is not compared."""
        first, *others = self._taking_part(operation)
        for other in others:
            if self._choices[other.name] is not self._choices[first.name]:
                continue
            pairs = list(
                zip(self._given(operation, first), self._given(operation, other), strict=False)
            )
            for ours, theirs in pairs[:: max(1, len(pairs) // COMPARED)]:
                expected = canonical(first.ask(operation, ours))
                found = differences(expected, canonical(other.ask(operation, theirs)))
                if found:
                    raise Different(f"{operation} of {other.name}, {ours}: {found[:5]}")
        self._tidy()

    def warm(self, operation: Operation, seconds: float) -> None:
        """Each until its rate is steady."""
        with _generator() as load:
            for contender in self._taking_part(operation):
                rates: list[float] = []
                while len(rates) < WARM_SLICES and not _is_steady(rates):
                    rates.append(self._sample(load, contender, operation, seconds).rps)
                self._say(
                    f"{operation} {contender.name} warm: {' '.join(f'{r:.0f}' for r in rates)}"
                )

    def rounds(self, operations: Sequence[Operation], count: int, seconds: float) -> Samples:
        samples: Samples = {
            operation: {one.name: [] for one in self._taking_part(operation)}
            for operation in operations
        }
        with _generator() as load:
            for number in range(count):
                for operation in operations:
                    for contender in _rotated(self._taking_part(operation), number):
                        found = self._sample(load, contender, operation, seconds)
                        samples[operation][contender.name].append(found)
                self._say(f"round {number + 1} of {count}")
        return samples

    def _sample(
        self, load: "subprocess.Popen[bytes]", contender: Contender, operation: Operation,
        seconds: float,
    ) -> Sample:  # fmt: skip
        given = self._given(operation, contender)
        with self._alone(contender):
            before = contender.cpu_seconds()
            answer = _order(
                load,
                {
                    "port": contender.port,
                    "connections": CONNECTIONS,
                    "seconds": seconds,
                    "requests": [contender.request(operation, one) for one in given],
                },
            )
            used = contender.cpu_seconds() - before
            if operation is Operation.M1:
                self._tidy()
        if answer["failed"] > answer["count"] * FORGIVEN:
            raise RuntimeError(f"{contender.name} failed in {operation}: {answer['first_failure']}")
        return Sample(
            rps=(answer["count"] - answer["failed"]) / answer["seconds"],
            p50_ms=answer["p50_ms"],
            p99_ms=answer["p99_ms"],
            cpu_ms=1000 * used / answer["count"],
            generator_cpu=answer["generator_cpu"],
        )

    def _taking_part(self, operation: Operation) -> list[Contender]:
        return [one for one in self._contenders if operation in one.operations]

    def _given(self, operation: Operation, contender: Contender) -> list[dict[str, Any]]:
        return self._choices[contender.name].of(operation, contender)

    @contextmanager
    def _alone(self, contender: Contender) -> Iterator[None]:
        """The others stand still meanwhile."""
        contender.resume()
        for other in self._contenders:
            if other is not contender:
                other.pause()
        time.sleep(0.05)
        yield


def _is_steady(rates: list[float]) -> bool:
    """Three in a row that hardly differ."""
    last = rates[-3:]
    return len(last) == 3 and max(last) - min(last) < STEADY * max(last)


def _rotated(contenders: Sequence[Contender], by: int) -> list[Contender]:
    by %= len(contenders)
    return [*contenders[by:], *contenders[:by]]


@contextmanager
def _generator() -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "benchmarks.graphql.generator"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as load:
        yield load
        _pipe(load.stdin).close()


def _order(load: "subprocess.Popen[bytes]", order: dict[str, Any]) -> dict[str, Any]:
    given = _pipe(load.stdin)
    given.write(orjson.dumps(order) + b"\n")
    given.flush()
    answer: dict[str, Any] = orjson.loads(_pipe(load.stdout).readline())
    return answer


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
