import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foredesk.errors import InvalidInput
from foredesk.knowledge.render import BODY_LIMIT, render

ALLOWED = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li"),
    *("a", "code", "em", "strong", "s", "aside", "details", "summary"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"href", "title", "rel", "class", "id", "start"}

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#x6a;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://e.x/a.png)',
    '![x](https://e.x/a.png"onerror="alert(1))',
    '[x](https://e.x "onmouseover=alert(1) x=")',
    '[x](https://e.x/"onmouseover="alert(1))',
    "[a]: javascript:alert(1)\n\n[a]",
    ":::note <img src=x onerror=alert(1)>\n:::",
    ':::note "><script>alert(1)</script>\n:::',
    ":::details <svg onload=alert(1)>\n:::",
    '# x {#"onclick="alert(1)}',
    "# <img src=x onerror=alert(1)>",
    "```<script>alert(1)</script>\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "`<script>alert(1)</script>`",
    "| <script>alert(1)</script> |\n|:-:|\n| <img src=x onerror=alert(1)> |",
    "<br onclick=alert(1)>",
    "<br/><script>alert(1)</script>",
    "<style>*{background:url(//e.x)}</style>",
    "<form action=//e.x><input name=password></form>",
    "<base href=//e.x>",
    "<meta http-equiv=refresh content=0;url=//e.x>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<x\x00 onload=alert(1)>",
]


class Elements(HTMLParser):
    """What a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


LEFT_OUT = "".join(map(chr, range(0x21)))
"""What a browser leaves out before an address; what a scheme is, the URL standard says."""


def assert_harmless(html: str) -> None:
    for tag, attributes in Elements(html).seen:
        assert tag in ALLOWED
        assert set(attributes) <= ATTRIBUTES
        href = attributes.get("href")
        if href is not None:
            read = re.sub(r"[\t\n\r]", "", href).lstrip(LEFT_OUT)
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", read, re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto", "tel"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_leaves_anything_active(attack: str) -> None:
    for body in (attack, f"> {attack}", f"- {attack}", f":::note\n{attack}\n:::", f"a\n\n{attack}"):
        assert_harmless(render(body).html)


PIECES = st.sampled_from(
    [*ATTACKS, ":::note\n", ":::\n", "::::tip x\n", "\n\n", "    ", "> ", "- ", "# ", "|", "`", "["]
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=12).map("".join)))
@example(":::note\n" * 50)
@example("[" * 200 + "](" * 200)
@example("- " * 100)
@example("\ud800")
def test_every_text_is_rendered_and_none_is_active(body: str) -> None:
    rendered = render(body)

    assert_harmless(rendered.html)
    assert all(heading.strip() == heading and heading for heading in rendered.headings)


@pytest.mark.parametrize(
    "body",
    [
        ":::note\n" * 20_000,
        "[" * 60_000,
        "![" * 40_000,
        "a_ *" * 40_000,
        "`" + "``" * 40_000,
        "> " * 5_000,
        "# x\n" * 20_000,
        ("|a" * 500 + "\n") * 2 + ("|-" * 500 + "\n"),
    ],
    ids=lambda body: body[:8],
)
def test_texts_that_are_made_to_be_slow_are_rendered(body: str) -> None:
    assert_harmless(render(body).html)


def test_a_body_that_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidInput):
        render("x" * (BODY_LIMIT + 1))


def test_admonitions_are_boxes_with_a_title() -> None:
    html = render(":::caution Mind the gap\nStep *over* it.\n:::\nAfter.").html

    assert html == (
        '<aside class="admonition admonition-caution">\n'
        '<p class="admonition-title">Mind the gap</p>\n'
        "<p>Step <em>over</em> it.</p>\n</aside>\n<p>After.</p>\n"
    )


@pytest.mark.parametrize(
    ("locale", "title"),
    [("en", "Note"), ("de", "Hinweis"), ("ja", "注記"), ("fa", "یادداشت"), ("pt-BR", "Note")],
)
def test_a_box_without_a_title_says_its_kind_in_the_language_of_the_article(
    locale: str, title: str
) -> None:
    assert f'<p class="admonition-title">{title}</p>' in render(":::note\nx\n:::", locale).html


def test_boxes_may_be_nested_whether_or_not_they_have_more_colons() -> None:
    for outer in (":::", "::::"):
        html = render(f"{outer}note\na\n\n:::tip\nb\n:::\n\nc\n{outer}\n\nd").html

        assert html.count("<aside") == html.count("</aside>") == 2
        assert html.endswith("<p>c</p>\n</aside>\n<p>d</p>\n")


def test_a_box_that_is_never_closed_ends_with_what_it_stands_in() -> None:
    html = render("> :::note\n> a\n\nb").html

    assert html.index("</aside>") < html.index("</blockquote>") < html.index("<p>b</p>")


def test_a_closing_line_that_closes_nothing_is_left_out() -> None:
    assert render("a\n:::\nb").html == "<p>a</p>\n<p>b</p>\n"


def test_a_closing_line_within_code_closes_nothing() -> None:
    html = render(":::note\n```\n:::\n```\nstill inside\n:::\noutside").html

    assert html.index("still inside") < html.index("</aside>") < html.index("outside")


def test_details_fold_and_say_what_they_hold() -> None:
    assert render(":::details More\nx\n:::").html == (
        "<details>\n<summary>More</summary>\n<p>x</p>\n</details>\n"
    )


def test_headings_have_anchors_and_links_reach_them() -> None:
    rendered = render(
        "# Title\n\n## Named {#here}\n\n## Same\n\n## Same\n\n"
        "[a](#here) [b](/articles/x#there) [c](https://e.x/#there)"
    )

    assert re.findall(r"<(h\d) id=\"([^\"]+)\"", rendered.html) == [
        ("h2", "h-title"),
        ("h2", "h-here"),
        ("h2", "h-same"),
        ("h2", "h-same-1"),
    ]
    assert re.findall(r"href=\"([^\"]+)\"", rendered.html) == [
        "#h-here",
        "/articles/x#h-there",
        "https://e.x/#there",
    ]
    assert rendered.headings == ("Title", "Named", "Same", "Same")


def test_links_to_articles_are_known_in_every_script() -> None:
    rendered = render("[a](/articles/принтер#краска) [b](/articles/%E7%AD%94) [c](/other)")

    assert rendered.links == (("принтер", "краска"), ("答", ""))


def test_images_are_links_so_that_no_other_site_is_called() -> None:
    html = render("![Chart](https://e.x/a.png) ![](https://e.x/b%20c.png) ![Here](a.png)").html

    assert "<img" not in html
    assert html.startswith('<p><a class="image-link" href="https://e.x/a.png"')
    assert ">b c.png</a> Here</p>" in html


def test_pictures_of_articles_are_shown() -> None:
    file = "/files/0197d0aa-0000-7000-8000-0123456789ab"

    html = render(f'Look: ![A "plan" <b>]({file} "t") ![x]({file}/../y) ![](//e.x{file})').html

    assert html == (
        f'<p>Look: <img src="{file}" alt="A &quot;plan&quot; &lt;b&gt;" loading="lazy"> x '
        "0197d0aa-0000-7000-8000-0123456789ab</p>\n"
    )


def test_an_image_within_a_link_is_only_words() -> None:
    html = render("[![Watch](https://e.x/a.png)](https://e.x)").html

    assert html.count("<a ") == 1
    assert ">Watch</a>" in html


def test_the_text_for_the_index_is_what_a_reader_sees() -> None:
    rendered = render(
        "## Head\n\nOne *two*\n`three`<br>four [five](https://e.x)\n\n"
        "| six |\n|---|\n| seven |\n\n:::tip Eight\nnine\n:::\n\n```\nten\n```\n"
    )

    assert rendered.text == "One two three four five\nsix\nseven\nEight\nnine\nten"
    assert rendered.headings == ("Head",)
    assert rendered.lead == "One two three four five"


def test_the_lead_is_the_first_free_paragraph_cut_at_a_word() -> None:
    assert render(":::info\nBox.\n:::\n\n![x](https://e.x/a.png)\n\nReal start.").lead == (
        "Real start."
    )
    assert render("word " * 100).lead == "word " * 59 + "word…"


def test_columns_are_aligned_by_a_class() -> None:
    html = render("| a | b |\n|:-:|--:|\n| 1 | 2 |").html

    assert '<td class="align-center">1</td>' in html
    assert '<td class="align-right">2</td>' in html
    assert "style" not in html
