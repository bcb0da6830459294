"""The load: keep-alive connections that each ask, wait for the answer, and ask the next thing.

A process of its own, which reads orders from standard input, one JSON line each, and answers each
with one line. It counts its own CPU, so that one can see that it was not the bottleneck.
"""

import asyncio
import resource
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import orjson
import uvloop

STATUS = slice(9, 12)


@dataclass(slots=True)
class Course:
    """The requests of one measurement, and what became of them."""

    requests: list[bytes]
    until: float
    next: int = 0
    took: list[float] = field(default_factory=list)
    failed: int = 0
    first_failure: str = ""

    def take(self) -> bytes | None:
        if time.perf_counter() >= self.until:
            return None
        request = self.requests[self.next % len(self.requests)]
        self.next += 1
        return request

    def note(self, seconds: float, answer: bytes) -> None:
        self.took.append(seconds)
        if answer[STATUS] != b"200" or b'"errors":[{' in answer:
            self.failed += 1
            self.first_failure = self.first_failure or answer[-600:].decode("utf-8", "replace")


class Client(asyncio.Protocol):
    """One connection."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._parts = bytearray()
        self._length = -1
        self._asked = 0.0
        self._transport: Any = None
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._parts += data
        if self._length < 0:
            self._length = whole_length(self._parts)
        is_chunked = self._length == CHUNKED
        done = self._parts.endswith(b"0\r\n\r\n") if is_chunked else self._is_whole()
        if done:
            self._course.note(time.perf_counter() - self._asked, bytes(self._parts))
            self._ask()

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(problem or ConnectionError("the server hung up"))

    def _is_whole(self) -> bool:
        return 0 <= self._length <= len(self._parts)

    def _ask(self) -> None:
        request = self._course.take()
        if request is None:
            self.ended.set_result(None)
            self._transport.close()
            return
        self._parts, self._length = bytearray(), -1
        self._asked = time.perf_counter()
        self._transport.write(request)


CHUNKED = 1 << 60


def whole_length(answer: bytes | bytearray) -> int:
    """Of head and body; -1 while the head is not complete."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return -1
    head = bytes(answer[:end]).lower()
    if b"transfer-encoding: chunked" in head:
        return CHUNKED
    place = head.index(b"content-length:") + 15
    return end + 4 + int(head[place:].split(b"\r\n", 1)[0])


async def run(order: dict[str, Any]) -> dict[str, Any]:
    began, cpu = time.perf_counter(), _cpu()
    course = Course([text.encode() for text in order["requests"]], began + order["seconds"])
    loop = asyncio.get_running_loop()
    clients = [
        (await loop.create_connection(lambda: Client(course), "127.0.0.1", order["port"]))[1]
        for _ in range(order["connections"])
    ]
    await asyncio.gather(*[client.ended for client in clients])
    elapsed = time.perf_counter() - began
    took = sorted(course.took)
    return {
        "count": len(took),
        "seconds": elapsed,
        "p50_ms": 1000 * took[len(took) // 2],
        "p95_ms": 1000 * took[int(len(took) * 0.95)],
        "p99_ms": 1000 * took[int(len(took) * 0.99)],
        "failed": course.failed,
        "first_failure": course.first_failure,
        "generator_cpu": (_cpu() - cpu) / elapsed,
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    for line in sys.stdin.buffer:
        answer = uvloop.run(run(orjson.loads(line)))
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
