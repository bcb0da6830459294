import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.importing.cleaning import clean
from foredesk.importing.links import rewritten
from foredesk.importing.prose import Prose


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("a <!-- no\n\nmore --> b", "a  b"),
        ("a {/* no */} b", "a  b"),
        ("import A from '@x';\nimport './y.css'\n\nText", "\nText"),
        ("We import cars from Japan.", "We import cars from Japan."),
        ("export const x = 1;\nText", "Text"),
        ("a<script>alert(1)</script>b", "ab"),
        ('<iframe src="https://e.x/v" title="Film"></iframe>', "[Film](https://e.x/v)"),
        ("<iframe src='https://e.x/v' />", "[https://e.x/v](https://e.x/v)"),
        ('<iframe src="javascript:alert(1)"></iframe>', ""),
        ('<img src="https://e.x/a.png" alt="A">', "![A](https://e.x/a.png)"),
        ('<a href="/x">b</a>', "[b](/x)"),
        ('<a href="javascript:x y">b</a>', "b"),
        ("<b>a</b> <em>b</em> <kbd>c</kbd> <b></b>", "**a** *b* `c` "),
        ("one<br>two<br />three", "one<br>two<br />three"),
        ("the <name> of {thing}", "the <name> of {thing}"),
        ('<span class="x">a</span>', "a"),
        ("<h3>Head</h3>", "\n\n### Head\n\n"),
        ("![A *mobile_border](https://e.x/a.png)", "![A](https://e.x/a.png)"),
        ("<details><summary>S</summary>\nx\n</details>", ":::details S\n\nx\n\n:::"),
        ("  <details>\n  x\n  </details>", ":::details\n\n  x\n\n  :::"),
    ],
)
def test_html_and_mdx_become_markdown_or_nothing(written: str, cleaned: str) -> None:
    assert "\n".join(line.rstrip() for line in clean(written).split("\n")).strip() == (
        "\n".join(line.rstrip() for line in cleaned.split("\n")).strip()
    )


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "a",
            " ",
            "\n",
            "`",
            "``",
            "```\n",
            "    ",
            ":::note\n",
            "- ",
            "> ",
            "\\",
            "[",
            "](/x)",
            "é",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(max_size=200), MARKDOWN))
def test_code_that_is_put_aside_comes_back_as_it_was(body: str) -> None:
    expected = body.replace("\ue000", "").replace("\ue001", "")

    assert Prose.of(body).restored() == expected


@given(st.one_of(st.text(max_size=200), MARKDOWN))
def test_no_text_is_too_odd_to_be_cleaned_and_linked(body: str) -> None:
    prose = Prose.of(body)
    prose.text = rewritten(clean(prose.text), lambda path: None, lambda target: None)

    assert "](/x)" not in prose.text
    prose.restored()


def test_nothing_in_code_is_touched() -> None:
    body = "`<b>a</b>` and\n\n```html\n<b>a</b>\n```\n\n    <b>a</b>\n\n- ``<i>`</i>``"
    prose = Prose.of(body)

    prose.text = clean(prose.text)

    assert prose.restored() == body


@pytest.mark.parametrize(
    ("written", "linked"),
    [
        ("[a](/b)", "[a](/articles/B)"),
        ("[a](b.md#c)", "[a](/articles/B#c)"),
        ('[a](</b> "T")', '[a](/articles/B "T")'),
        ("[![i](https://e.x/i.png)](/b)", "[![i](https://e.x/i.png)](/articles/B)"),
        ("[a](https://e.x/b)", "[a](https://e.x/b)"),
        ("[a](mailto:x@e.x) [b](#c) [d](//e.x)", "[a](mailto:x@e.x) [b](#c) [d](//e.x)"),
        ("[a](/gone)", "a"),
        ("x [a [b] c](/gone) y", "x a [b] c y"),
        ("![a](gone.png)", "a"),
        ("[a](b_(c))", "[a](/articles/B)"),
        ("[a][r]\n\n[r]: /b 'T'", "[a][r]\n\n[r]: /articles/B 'T'"),
        ("[a](/b", "[a](/b"),
        ("[a](http://[b)", "[a](http://[b)"),
    ],
)
def test_links_lead_to_articles_or_become_words(written: str, linked: str) -> None:
    def resolve(path: str) -> str | None:
        return "B" if path in {"/b", "b.md", "b_(c)"} else None

    assert rewritten(written, resolve, lambda target: None) == linked


def test_addresses_in_any_script_are_written_so_that_markdown_reads_them() -> None:
    assert rewritten(
        "[a](/б#в г)".replace(" ", "%20"), lambda path: "ответ", lambda target: None
    ) == ("[a](/articles/%D0%BE%D1%82%D0%B2%D0%B5%D1%82#%D0%B2%20%D0%B3)")
