import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.errors import InvalidInput
from foredesk.text import one_line, readable

ANYTHING = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60)


@given(text=ANYTHING)
def test_what_is_accepted_can_be_stored_and_shown(text: str) -> None:
    try:
        line = one_line("subject", text, limit=40, blank="Say something.")
    except InvalidInput:
        return

    assert 0 < len(line) <= 40
    assert line == " ".join(line.split())
    assert "\x00" not in line
    line.encode("utf-8")


@pytest.mark.parametrize("text", ["", " \n\t", "\u2003"])
def test_a_blank_line_is_refused_in_the_words_of_the_form(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"Say something\."):
        one_line("subject", text, limit=40, blank="Say something.")


def test_a_text_too_long_is_told_by_how_much() -> None:
    with pytest.raises(InvalidInput, match="at most 5 characters; this has 6"):
        readable("body", "abcdef", limit=5)


@pytest.mark.parametrize("length", [41, 100_000])
def test_a_line_too_long_is_told_the_limit_however_long_it_is(length: int) -> None:
    with pytest.raises(InvalidInput, match=f"at most 40 characters; this has {length}"):
        one_line("subject", "x" * length, limit=40, blank="Say something.")


def test_every_script_is_text() -> None:
    words = "принтер パスワード Drucker für Büro چاپگر 🙂"

    assert readable("body", f" {words} ", limit=100) == words
