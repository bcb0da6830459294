"""Every letter in every language, and nothing left to fill in."""

import re
from pathlib import Path

import pytest

from foredesk import letters

FOLDERS = {
    package: Path(__file__).parents[2] / package.replace(".", "/") / "letters"
    for package in (
        "foredesk.channels",
        "foredesk.knowledge",
        "foredesk.people",
        "foredesk.surveys",
    )
}
LETTERS = [
    (package, path.stem) for package, folder in FOLDERS.items() for path in folder.glob("en/*.txt")
]


@pytest.mark.parametrize(("package", "name"), LETTERS)
def test_a_letter_says_the_same_facts_in_every_language(package: str, name: str) -> None:
    texts = {path.parent.name: path.read_text() for path in FOLDERS[package].glob(f"*/{name}.txt")}

    facts = {language: set(re.findall(r"\$(\w+)", text)) for language, text in texts.items()}

    assert set(facts) == {"en", "de"}
    assert facts["de"] == facts["en"]


@pytest.mark.parametrize(("package", "name"), LETTERS)
@pytest.mark.parametrize("locale", ["en", "de-CH", "de_AT", "fr", "", "..", "../../secret"])
def test_a_letter_is_filled_in_or_not_sent_at_all(package: str, name: str, locale: str) -> None:
    text = (FOLDERS[package] / "en" / f"{name}.txt").read_text()
    facts = dict.fromkeys(re.findall(r"\$(\w+)", text), "$x {y} %s\r\n")

    subject, body = letters.written(package, name, locale, facts)

    assert "\n\n" not in subject
    assert body.count("$x {y} %s") + subject.count("$x {y} %s") >= len(facts)
    with pytest.raises(KeyError):
        letters.written(package, name, locale, {})


def test_there_are_letters() -> None:
    assert sorted(LETTERS) == [
        ("foredesk.channels", "article_flagged"),
        ("foredesk.channels", "confidential"),
        ("foredesk.channels", "escalated"),
        ("foredesk.channels", "escalated_at_minimum"),
        ("foredesk.channels", "escalated_at_target"),
        ("foredesk.channels", "escalated_at_warning"),
        ("foredesk.channels", "estimate_overdue"),
        ("foredesk.channels", "known_error"),
        ("foredesk.channels", "merged"),
        ("foredesk.channels", "moved"),
        ("foredesk.channels", "received"),
        ("foredesk.channels", "replied"),
        ("foredesk.channels", "resolved"),
        ("foredesk.channels", "resolved_owing"),
        ("foredesk.channels", "solved_elsewhere"),
        ("foredesk.channels", "split"),
        ("foredesk.channels", "substitute"),
        ("foredesk.channels", "unmerged"),
        ("foredesk.channels", "waiting"),
        ("foredesk.knowledge", "article_declined"),
        ("foredesk.knowledge", "article_not_published"),
        ("foredesk.knowledge", "article_returned"),
        ("foredesk.knowledge", "article_review_due"),
        ("foredesk.people", "token_ends"),
        ("foredesk.surveys", "invitation"),
    ]
