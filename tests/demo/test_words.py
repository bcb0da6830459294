"""The wording: complete in both languages, and never with a hole in it."""

import random
import re

import pytest

from foredesk.demo.people import COMPANIES, PROVIDER
from foredesk.demo.topics import TOPICS, wording
from foredesk.demo.words import Words

LANGUAGES = ("en", "de")
OWN = {"time-sheets": "de", "invoices": "en", "cold-store": "en"}
"""Topics that only one customer has."""

NAMES = {
    **{"name": "Ada Ey", "first": "Ada", "colleague": "Bo"},
    **{"since": "9:05", "by": "11:30", "day": "Monday", "next_day": "Friday"},
}


def words(locale: str, seed: int = 1) -> Words:
    return Words.of(wording(locale), random.Random(seed), **NAMES)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_topic_has_words_in_the_languages_of_its_customers(locale: str) -> None:
    expected = {topic.key for topic in TOPICS if OWN.get(topic.key, locale) == locale}
    assert set(wording(locale).cases) == expected
    assert all(len(cases) >= 2 for cases in wording(locale).cases.values())
    assert all(len(searches) >= 3 for searches in wording(locale).searches.values())


def test_both_languages_have_the_same_phrases_and_slots() -> None:
    assert set(wording("en").phrases) == set(wording("de").phrases)
    assert set(wording("en").slots) == set(wording("de").slots)
    assert len(wording("en").days) == len(wording("de").days) == 7
    assert {company.locale for company in COMPANIES if company.slug != PROVIDER} == {"en", "de"}


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("seed", range(5))
def test_all_templates_fill_without_a_hole(locale: str, seed: int) -> None:
    mine = words(locale, seed)
    more = {"agent": "Cy Dee", "agent_first": "Cy", "article": "“Page”."}
    templates = [text for texts in wording(locale).phrases.values() for text in texts]
    for cases in wording(locale).cases.values():
        for case in cases:
            templates += [*case.subjects, *case.details]
            templates += [case.ask, case.answer, case.note, case.solution]
    for template in templates:
        filled = mine.fill(template, **more)
        assert not re.search(r"[{}]", filled)
        assert "  " not in filled


@pytest.mark.parametrize("locale", LANGUAGES)
def test_subjects_fit_and_begin_like_sentences(locale: str) -> None:
    for seed in range(5):
        for cases in wording(locale).cases.values():
            for subject in (subject for case in cases for subject in case.subjects):
                filled = words(locale, seed).fill(subject)
                assert len(filled) <= 80
                assert filled[0].isupper() or filled[0] in "“„"


def test_a_slot_is_filled_alike_throughout_a_story_and_differs_between_stories() -> None:
    printers = {words("en", seed).fill("{printer} {printer}") for seed in range(20)}
    assert all(len(set(pair.split())) == 1 for pair in printers)
    assert len(printers) > 3


def test_a_slot_gets_a_capital_only_where_a_sentence_begins() -> None:
    mine = Words(wording("en"), {"team": "sales"}, random.Random(1))
    assert mine.fill("{team} waits for {team}. {team}!") == "Sales waits for sales. Sales!"
    assert mine.fill("Why {team}? {team}.") == "Why sales? Sales."


def test_an_agent_greets_once_and_signs_always() -> None:
    mine = words("en")
    first = mine.letter("thanks for asking.", agent="Cy", greets=True)
    later = mine.letter("done.", agent="Cy", greets=False)
    assert "Ada" in first.splitlines()[0]
    assert "Thanks for asking." in first
    assert later.startswith("Done.")
    assert "Cy" in first.splitlines()[-1]
    assert "Cy" in later.splitlines()[-1]
