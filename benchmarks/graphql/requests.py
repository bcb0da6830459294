"""Requests: seeded, many different ones, and the same for every server."""

from random import Random
from typing import Any

from benchmarks.graphql.contenders import Contender
from benchmarks.graphql.dataset.words import Words
from benchmarks.graphql.operations import Operation

TICKETS = 2_000
PAGES = 3
DRAFTS = 500
AT_ONCE = 20
STATES = (["OPEN", "WAITING"], ["OPEN", "WAITING", "RESOLVED"])

Given = list[dict[str, Any]]


class Choice:
    """What is asked; pages begin at cursors, which each server makes by itself."""

    def __init__(self, tickets: Given, queues: Given, drafts: Given) -> None:
        self._plain = {Operation.Q1: tickets, Operation.M1: drafts}
        self._queues = queues
        self._pages: dict[str, Given] = {}

    def of(self, operation: Operation, contender: Contender) -> Given:
        if operation in self._plain:
            return self._plain[operation]
        if contender.name not in self._pages:
            self._pages[contender.name] = [
                page for queue in self._queues for page in _pages(contender, queue)
            ]
        return self._pages[contender.name]


def choose(server: Contender, tickets: int) -> Choice:
    """Of a server of ours with so many tickets, what its caller may see of them."""
    random = Random(7)
    teams = server.data("{ viewer { teams { id } } }")["viewer"]["teams"]
    queues: Given = [
        {"teams": [team["id"]], "states": states} for team in teams for states in STATES
    ]
    random.shuffle(queues)
    words = Words(random)
    drafts: Given = [
        {"input": {"subject": words.subject(), "details": words.text(4)}} for _ in range(DRAFTS)
    ]
    numbers = random.choices(range(1, tickets + 1), k=min(TICKETS, tickets))
    return Choice([{"id": id} for id in _ids(server, numbers)], queues, drafts)


def _ids(server: Contender, numbers: list[int]) -> list[str]:
    found: list[str] = []
    for first in range(0, len(numbers), AT_ONCE):
        asked = " ".join(
            f"t{place}: ticket(by: {{number: {number}}}) {{ id }}"
            for place, number in enumerate(numbers[first : first + AT_ONCE])
        )
        data = server.data(f"{{ {asked} }}")
        found += [ticket["id"] for ticket in data.values() if ticket]
    return found


def _pages(contender: Contender, queue: dict[str, Any]) -> Given:
    pages: Given = []
    after = None
    for _ in range(PAGES):
        pages.append({**queue, "after": after})
        info = contender.ask(Operation.Q2, pages[-1])["data"]["tickets"]["pageInfo"]
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
    return pages
