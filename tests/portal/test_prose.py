from hypothesis import given
from hypothesis import strategies as st

from portal import prose
from portal.prose import Heading
from portal.words import direction, language_name, words
from tests.portal.walker import Walker


def test_a_list_of_contents_stands_over_long_articles_only() -> None:
    html = "".join(f'<h2 id="h-{n}">Part <em>{n}</em> &amp; more</h2><h3>x</h3>' for n in range(4))

    assert prose.contents(html)[1] == Heading("h-1", "Part 1 & more")
    assert len(prose.contents(html)) == 4
    assert prose.contents(html.replace('id="h-3"', "")) == []


def test_a_table_can_be_scrolled_by_keys() -> None:
    assert prose.body("<p>a</p><table><tr></tr></table>", words("de")) == (
        '<p>a</p><div class="scroll" tabindex="0" role="group" aria-label="Tabelle">'
        "<table><tr></tr></table></div>"
    )


@given(st.text(max_size=300))
def test_any_html_has_contents(html: str) -> None:
    assert prose.contents(html) == []


def test_languages_are_named_in_their_own_words() -> None:
    assert [language_name(code) for code in ("de", "fr", "ja", "pt-BR", "xx", "")] == [
        "Deutsch",
        "français",
        "日本語",
        "português (Brasil)",
        "xx",
        "",
    ]
    assert [direction(code) for code in ("en", "ar", "fa", "nonsense")] == [
        "ltr",
        "rtl",
        "rtl",
        "ltr",
    ]


async def test_an_article_shows_its_contents(visitor: Walker) -> None:
    page = await visitor.get("/articles/vpn-drops")

    assert ("On a train", "#h-on-a-train") in page.links
    assert 'id="h-on-a-train"' in page.text
