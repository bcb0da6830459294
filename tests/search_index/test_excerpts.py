import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index.analysis import Analyzer
from search_index.excerpts import LENGTH, excerpt, read_text, sentence_starts
from tests.search_index.feed import article_id

LONG = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor. " * 6


def shown(text: str, *terms: str, locale: str = "en") -> str:
    return excerpt(read_text(article_id("a"), 1, text, Analyzer(locale)), dict.fromkeys(terms, 1.0))


def test_words_of_every_form_are_marked() -> None:
    assert shown("Printers print. A printing printer.", "printer", "print") == (
        "<mark>Printers</mark> <mark>print</mark>. A <mark>printing</mark> <mark>printer</mark>."
    )


def test_html_in_the_text_is_shown_and_not_obeyed() -> None:
    assert shown('<script>alert("x")</script> & <b>cable</b>', "cabl") == (
        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; "
        "&lt;b&gt;<mark>cable</mark>&lt;/b&gt;"
    )


def test_it_starts_at_the_sentence_that_has_most_of_the_words() -> None:
    text = f"{LONG} Open the lid. Take the paper out of the tray! {LONG}"
    assert shown(text, "tray", "paper").startswith(
        "Take the <mark>paper</mark> out of the <mark>tray</mark>! Lorem ipsum"
    )


def test_it_starts_at_the_first_sentence_when_no_word_is_there() -> None:
    assert shown("  First sentence. Second.", "absent") == "First sentence. Second."


def test_a_line_is_a_sentence() -> None:
    assert sentence_starts("Heading\nA line. More? Yes") == [0, 8, 16, 22]


def test_a_cut_is_at_a_word_and_shows() -> None:
    text = shown("word " * 100, "absent")
    assert text.endswith("word…")
    assert len(text) <= LENGTH + 1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…"])
def test_hardly_any_text_gives_hardly_any_excerpt(text: str) -> None:
    assert shown(text, "cabl") == text.strip()


def test_pairs_of_characters_are_marked_as_one_run() -> None:
    text = "画面を開きます。パスワードを入力します。"
    terms = Analyzer("ja").terms("パスワード")
    assert shown(text, *terms, locale="ja") == ("<mark>パスワード</mark>を入力します。")


@settings(deadline=None)
@given(
    text=st.text(max_size=600) | st.text(alphabet="ab<>&'\" .!?\n。é\ue000\ue001", max_size=600),
    locale=st.sampled_from(["en", "de", "ja", "ar"]),
    every=st.integers(1, 4),
)
def test_any_text_gives_escaped_html_that_starts_at_a_sentence(
    text: str, locale: str, every: int
) -> None:
    analyzer = Analyzer(locale)
    read = read_text(article_id("a"), 1, text, analyzer)
    html = excerpt(read, dict.fromkeys(read.terms[::every], 1.0))
    plain = re.sub("</?mark>", "", html)
    assert html.count("<mark>") == html.count("</mark>")
    assert "<mark><mark>" not in html
    assert not re.search(r"""[<>"']|&(?!(?:amp|lt|gt|quot|#x27);)""", plain)
    content = unescape(plain)
    assert len(content) <= LENGTH + 1
    starts = [read.text[start:].strip() for start in read.sentences]
    body = content.removesuffix("…").strip()
    assert any(start.startswith(body) for start in starts)
