"""Plain words as the parts of an article."""

import pytest

from foredesk.knowledge.drafting import as_markdown, drafted_body, drafted_title
from foredesk.knowledge.known_errors import workaround_in
from foredesk.knowledge.models import ArticleKind
from foredesk.knowledge.templates import article_templates


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: AW: [EXT] vpn drops", "Vpn drops"),
        ("URGENT!! printer on fire", "Printer on fire"),
        ("Urgent care portal is slow", "Urgent care portal is slow"),
        ("Re:", "Re:"),
    ],
)
def test_a_title_is_what_it_is_about(subject: str, title: str) -> None:
    assert drafted_title(subject) == title


def test_plain_lines_stay_what_they_are() -> None:
    typed = "# not a heading\nnext line\n\n1. One\n2. Two\n\n::: no box\n---"

    assert as_markdown(typed) == (
        "\\# not a heading\\\nnext line\n\n1. One\n2. Two\n\n\\::: no box\\\n\\---"
    )


def test_a_draft_has_the_shape_of_its_template() -> None:
    assert drafted_body(ArticleKind.ARTICLE, "en", "It hangs.", "Wait.") == "It hangs.\n\nWait."
    assert drafted_body(ArticleKind.QUESTION, "de-AT", "Es hängt.", "Warten.") == (
        "## Frage\n\nEs hängt.\n\n## Antwort\n\nWarten."
    )
    steps = drafted_body(ArticleKind.HOW_TO, "fr", "It hangs.", "1. Wait.")
    assert steps.startswith("It hangs.\n\n## What you need\n\n- Rights")
    assert "\n\n## Steps\n\n1. Wait.\n\n## " in steps


@pytest.mark.parametrize("locale", ["en", "de"])
def test_what_helps_until_a_known_error_is_mended_is_found_in_its_template(locale: str) -> None:
    body = drafted_body(ArticleKind.KNOWN_ERROR, locale, "It drops.", "Use the web page.")

    assert workaround_in(body) == "Use the web page."
    assert all("{#workaround}" not in one.body for one in article_templates(locale)[:3])


def test_a_workaround_ends_with_the_next_heading_that_is_no_deeper() -> None:
    assert workaround_in("## A {#workaround}\n\nx\n\n### Deeper\n\ny\n\n## B\n\nz") == (
        "x\n\n### Deeper\n\ny"
    )
    assert workaround_in("## Workaround\n\nx") == ""
