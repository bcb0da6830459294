"""The desk's own plugins."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foredesk.hooks import CategorySuggestion, ClassifiedTicket, PrioritySuggestion
from plugins.builtin.calibration import Calibration
from plugins.builtin.categorizer import Categorizer
from plugins.builtin.naive_bayes import NaiveBayes
from plugins.builtin.priority_words import PriorityWords
from plugins.builtin.words import features
from plugins.discovery import Found
from plugins.host import PluginHost
from tests.clock import Clock
from tests.plugins.made import ACME, BETA, ticket

NETWORK = ["VPN drops", "VPN token expired", "no wifi in room 2", "wifi is slow", "VPN is slow"]
PRINTING = ["printer jam", "no paper in the printer", "toner is empty", "printer offline"]
HISTORY = [ClassifiedTicket(f"{text}\nplease help", "network") for text in NETWORK * 4] + [
    ClassifiedTicket(f"{text}\nplease help", "printing") for text in PRINTING * 4
]


class Archive:
    """Past tickets by organization, and how often they were read."""

    def __init__(self, **tickets: list[ClassifiedTicket]) -> None:
        self.tickets: dict[UUID, list[ClassifiedTicket]] = {}
        self.reads = 0
        self.delay = 0.0

    async def __call__(self, organization_id: UUID, limit: int) -> list[ClassifiedTicket]:
        self.reads += 1
        await asyncio.sleep(self.delay)
        return self.tickets.get(organization_id, [])[:limit]


def host_of(archive: Archive, clock: Clock) -> PluginHost:
    host = PluginHost(now=clock, history=archive)
    host.load([Found("naive-bayes", "built in", Categorizer)])
    return host


async def suggested(
    host: PluginHost, text: str, organization: UUID = ACME
) -> CategorySuggestion | None:
    asked = ticket(text, organization=organization)
    outcomes = await host.collect("suggest_category", organization, ticket=asked)
    return outcomes[0].value if outcomes else None


async def test_without_past_tickets_there_is_no_suggestion() -> None:
    host = host_of(Archive(), Clock())

    assert await suggested(host, "VPN drops") is None
    await host.shutdown()


async def test_it_learns_from_the_organizations_own_tickets_and_says_why() -> None:
    archive = Archive()
    archive.tickets = {ACME: HISTORY, BETA: []}
    host = host_of(archive, Clock())

    answer = await suggested(host, "The VPN drops again")

    assert answer is not None
    assert answer.category == "network"
    assert answer.confidence > 0.8
    assert "“vpn”" in answer.explanation
    assert [each.category for each in answer.alternatives] == ["printing"]
    assert await suggested(host, "The VPN drops again", BETA) is None
    await host.shutdown()


async def test_a_text_without_a_known_word_gets_no_suggestion() -> None:
    archive = Archive()
    archive.tickets = {ACME: HISTORY}
    host = host_of(archive, Clock())

    assert await suggested(host, "Kaffeemaschine") is None
    await host.shutdown()


async def test_it_reads_the_history_once_and_again_when_it_is_old() -> None:
    archive, clock = Archive(), Clock()
    archive.tickets = {ACME: HISTORY}
    host = host_of(archive, clock)

    for _ in range(3):
        await suggested(host, "VPN drops")
    assert archive.reads == 1
    clock.advance(timedelta(minutes=10))
    answer = await suggested(host, "VPN drops")
    await asyncio.sleep(0.1)

    assert answer is not None
    assert archive.reads == 2
    await host.shutdown()


async def test_a_slow_history_is_learned_in_the_background() -> None:
    archive = Archive()
    archive.tickets, archive.delay = {ACME: HISTORY}, 0.25
    host = host_of(archive, Clock())

    assert await suggested(host, "VPN drops") is None
    await asyncio.sleep(0.3)

    assert await suggested(host, "VPN drops") is not None
    assert archive.reads == 1
    assert host.report()[0]["hooks"][1]["timeouts"] == 0
    await host.shutdown()


async def test_a_history_that_cannot_be_read_is_tried_again_after_a_minute() -> None:
    clock = Clock()
    tries: list[int] = []

    async def broken(organization_id: UUID, limit: int) -> list[ClassifiedTicket]:
        tries.append(limit)
        if len(tries) == 1:
            raise ConnectionError("no database")
        return HISTORY

    host = PluginHost(now=clock, history=broken)
    host.load([Found("naive-bayes", "built in", Categorizer)])

    assert await suggested(host, "VPN drops") is None
    assert await suggested(host, "VPN drops") is None
    clock.advance(timedelta(minutes=1))

    assert await suggested(host, "VPN drops") is not None
    assert len(tries) == 2
    await host.shutdown()


def test_little_or_one_sided_history_teaches_nothing() -> None:
    assert NaiveBayes.train([("vpn", "network")] * 9) is None
    assert NaiveBayes.train([("vpn", "network")] * 50) is None


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("принтер не печатает", "печать"),
        ("нет сети", "сеть"),
        ("パスワードをリセットしたい", "アカウント"),
        ("プリンターが動かない", "印刷"),
    ],
)
def test_every_script_is_learned(text: str, category: str) -> None:
    model = NaiveBayes.train(
        [
            *[("Принтер сломан и не печатает", "печать"), ("Нет сети в офисе", "сеть")] * 5,
            *[("パスワードを忘れた", "アカウント"), ("プリンターの紙がない", "印刷")] * 5,
        ]
    )

    assert model is not None
    assert model.predict(text)[0].category == category


def test_words_of_the_subject_count_once_more() -> None:
    assert features("VPN slow\nvpn") == {
        "vpn": 2, "slow": 1, "vpn slow": 1, "slow vpn": 1, "^vpn": 1, "^slow": 1,
    }  # fmt: skip
    assert features("VPN") == {"vpn": 1}
    assert features("") == {}


def test_a_huge_text_is_read_only_so_far() -> None:
    assert len(features("x" * 100_000)) == 0
    assert sum(features("\n" + "vpn " * 25_000).values()) == 799


TEXTS = st.text(max_size=30)


@settings(deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.sampled_from(["a", "b", "c"])), min_size=10, max_size=40), TEXTS
)
def test_predictions_are_always_fit_to_be_shown(examples: list[tuple[str, str]], text: str) -> None:
    model = NaiveBayes.train(examples)
    predictions = model.predict(text) if model else []

    confidences = [each.confidence for each in predictions]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert sum(confidences) <= 1 + 1e-9
    assert len({each.category for each in predictions}) == len(predictions)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=200), st.floats(0, 1))
def test_a_calibration_never_says_certain_and_never_turns_around(
    judged: list[tuple[float, bool]], said: float
) -> None:
    calibration = Calibration.fit(judged)

    lower, higher = calibration(said / 2), calibration(said)

    assert lower <= higher + 1e-9
    if judged:
        assert 0 < higher < 1


def test_a_calibration_says_how_often_it_was_right() -> None:
    judged = [(0.9, number % 2 == 0) for number in range(200)] + [(0.2, False)] * 200

    calibration = Calibration.fit(judged)

    assert abs(calibration(0.9) - 0.5) < 0.02
    assert calibration(0.2) < 0.02


@pytest.mark.parametrize(
    ("text", "impact", "urgency", "explanation"),
    [
        ("URGENT: mail is down", "medium", "high", "“urgent” says that the urgency is high"),
        ("Nobody can print", "high", "medium", "“nobody” says that the impact is high"),
        ("not urgent", "medium", "low", "“not urgent” says that the urgency is low"),
        (
            "I can’t work,\n it is only me",
            "low",
            "high",
            "“only me” says that the impact is low; “can't work” says that the urgency is high",
        ),
        ("Dringend! Niemand kann drucken", "high", "high", "“niemand” says that the impact"),
    ],
)
async def test_words_tell_impact_and_urgency(
    text: str, impact: str, urgency: str, explanation: str
) -> None:
    answer = await PriorityWords().suggest_priority(ticket(text))

    assert isinstance(answer, PrioritySuggestion)
    assert (answer.impact, answer.urgency) == (impact, urgency)
    assert answer.explanation.startswith(explanation)


async def test_without_such_words_nothing_is_said() -> None:
    assert await PriorityWords().suggest_priority(ticket("The insurgents", "currently")) is None
