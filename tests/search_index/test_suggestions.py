from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foredesk.ports import Reader, SearchQuery
from search_index.analysis import Analyzer
from search_index.query import LONGEST_TEXT, MOST_TERMS, WHOLE_TITLE, clean, plan
from search_index.spelling import Speller, distance
from search_index.vocabulary import Vocabulary
from tests.search_index.contract import MakeIndex, found
from tests.search_index.feed import MemoryFeed, article, article_id

WORD = st.text("abc", max_size=6)


def vocabulary(**words: int) -> Vocabulary:
    return Vocabulary(lambda field: sorted(words), lambda field, word: words[word])


def test_the_most_frequent_words_complete_a_prefix() -> None:
    words = vocabulary(password=9, passport=3, passage=5, pa=7, zebra=9)
    assert words.completions("pass", 3) == ["password", "passage", "passport"]
    assert words.completions("zz", 3) == []
    assert words.completions("password", 3) == []


def test_a_word_finds_the_compounds_it_begins_or_ends() -> None:
    words = vocabulary(drucker=3, druckerpatron=2, netzwerkdrucker=5, abdruckerei=9, maus=2)
    assert words.compounds("drucker", 9) == ["druckerpatron", "netzwerkdrucker"]
    assert words.compounds("mau", 9) == []


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("netzwerkdrucker", ["netzwerk", "drucker"]),
        ("sicherheitskopi", ["sicherheit", "kopi"]),
        ("drucker", []),
        ("unbekanntes", []),
        ("", []),
    ],
)
def test_a_compound_falls_into_known_parts(compound: str, parts: list[str]) -> None:
    words = vocabulary(netzwerk=1, drucker=1, sicherheit=1, kopi=1)
    assert words.parts(compound) == parts


@pytest.mark.parametrize("prefix", ["p", "pa", "passw", "password", "Reset your passw", "printin"])
async def test_every_stage_of_typing_finds_the_article(make_index: MakeIndex, prefix: str) -> None:
    index = make_index(
        MemoryFeed(article("reset", "Reset your password"), article("print", "Printing fails"))
    )
    await index.catch_up()
    expected = article_id("print" if prefix == "printin" else "reset")
    answers = await found(index, prefix, prefix=True)
    assert answers[:1] == ([] if prefix == "p" else [expected])


async def test_a_finished_word_is_not_completed(make_index: MakeIndex) -> None:
    index = make_index(MemoryFeed(article("reset", "Reset your password")))
    await index.catch_up()
    assert await found(index, "passw ", prefix=True) == []
    assert await found(index, "passw?", prefix=True) == []


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("pasword", "password"),
        ("PASWORD reset", "password reset"),
        ("forgot my passwrod!", "forgot my password!"),
        ("prnter and pasword", "printer and password"),
        ("password", None),
        ("passwords", None),
        ("", None),
        ("how do I", None),
        ("completely unrelated", None),
        ("typoo", None),
    ],
)
async def test_did_you_mean_corrects_unknown_words(
    make_index: MakeIndex, text: str, suggestion: str | None
) -> None:
    index = make_index(
        MemoryFeed(
            article("a", "Reset your password", "forgot my reset"),
            article("b", "Password of the printer"),
            article("c", "Printer typos", "typo"),
        )
    )
    await index.catch_up()
    assert (await index.search(SearchQuery(text, "en"))).did_you_mean == suggestion
    assert (await index.search(SearchQuery(text, "en", prefix=True))).did_you_mean is None


async def test_a_mistake_in_one_article_is_never_suggested(make_index: MakeIndex) -> None:
    index = make_index(
        MemoryFeed(article("a", "Pasword"), article("b", "x", "passwrd passwrd"), article("c", "x"))
    )
    await index.catch_up()
    result = await index.search(SearchQuery("passwird", "en"))
    assert result.did_you_mean is None


async def test_words_of_articles_that_one_may_not_find_are_never_suggested(
    make_index: MakeIndex,
) -> None:
    secret = [article(f"s{i}", f"Project Chrysalis {i}", audience="agents") for i in range(3)]
    index = make_index(MemoryFeed(*secret, article("a", "Sign in")))
    await index.catch_up()
    typo = SearchQuery("crysalis", "en")
    assert (await index.search(typo)).did_you_mean is None
    seen = await index.search(replace(typo, reader=Reader(is_agent=True)))
    assert seen.did_you_mean == "chrysalis"


async def test_words_of_past_questions_that_no_article_has_are_never_suggested(
    make_index: MakeIndex,
) -> None:
    asked = ("VPN of project Chrysalis",)
    index = make_index(MemoryFeed(*[article(f"a{i}", "VPN", asked_as=asked) for i in range(3)]))
    await index.catch_up()
    result = await index.search(SearchQuery("crysalis", "en"))
    assert result.did_you_mean is None


async def test_past_questions_and_tags_know_words_too(make_index: MakeIndex) -> None:
    index = make_index(
        MemoryFeed(
            article("a", "Sign in", asked_as=("my token is gone",)),
            article("b", "Devices", tags=("token",)),
        )
    )
    await index.catch_up()
    assert (await index.search(SearchQuery("tokken", "en"))).did_you_mean == "token"


@settings(deadline=None)
@given(WORD, WORD)
def test_distance_counts_what_a_slow_search_counts(first: str, second: str) -> None:
    for most in (1, 2):
        assert distance(first, second, most) == min(_slow_distance(first, second), most + 1)


@settings(deadline=None)
@given(st.dictionaries(st.text("abcd", min_size=4, max_size=8), st.integers(1, 4)), WORD)
def test_the_nearest_word_is_the_one_a_full_scan_finds(words: dict[str, int], word: str) -> None:
    allowed = 1 if len(word) < 7 else 2
    near = [
        (_slow_distance(word, known), -count, known) for known, count in words.items() if count > 1
    ]
    best = min((one for one in near if one[0] <= allowed), default=None)
    assert Speller(words).nearest(word, words.__getitem__) == (best[2] if best else None)


def test_a_query_is_cut_at_its_limits() -> None:
    text = clean("word " * 100)
    assert len(text) == LONGEST_TEXT
    numbers = " ".join(str(number) for number in range(100, 140))
    parts = plan(numbers, Analyzer("en"), vocabulary()).parts
    assert len({part.term for part in parts if part.field == "all"}) == MOST_TERMS


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "de", "ja"]))
def test_a_plan_has_terms_of_the_analyzer_only(text: str, locale: str) -> None:
    analyzer = Analyzer(locale)
    planned = plan(clean(text), analyzer, vocabulary())
    known = {token.term for token in analyzer.tokens(clean(text))}
    weights = {part.term: part.weight for part in planned.parts if part.field == "title"}
    assert {term for term, weight in weights.items() if weight == 1.0} <= known
    assert all(0 < part.weight <= WHOLE_TITLE for part in planned.parts)


def test_built_in_synonyms_weigh_less_than_words() -> None:
    planned = plan("delete mail", Analyzer("en"), vocabulary())
    assert planned.weights["delet"] == 1.0
    assert planned.weights["remov"] == 0.3


def _slow_distance(first: str, second: str) -> int:
    @cache
    def cost(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        best = min(
            cost(i - 1, j) + 1,
            cost(i, j - 1) + 1,
            cost(i - 1, j - 1) + (first[i - 1] != second[j - 1]),
        )
        if i > 1 and j > 1 and first[i - 2 : i] == second[j - 2 : j][::-1]:
            best = min(best, cost(i - 2, j - 2) + 1)
        return best

    return cost(len(first), len(second))
