"""Records and folders of Markdown: whatever an article says, it says the same afterwards."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foredesk.article_files.record import ArticleRecord, FileRecord, VersionRecord, without_empty
from foredesk.article_files.text import Unreadable, said_in, text_of
from foredesk.article_files.tree import NoTree, begin_tree, places, read_record, write_record

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
LINE = TEXT.map(lambda text: " ".join(text.split()))
BODY = st.lists(st.one_of(TEXT, st.sampled_from(["---", "# a", "\r\n", "\n", "- x: y", " "]))).map(
    "\n".join
)
SLUG = st.text(st.characters(categories=["Ll", "Lo", "Nd"]), min_size=1, max_size=120)


@st.composite
def versions(draw: st.DrawFn, number: int) -> VersionRecord:
    return VersionRecord(
        without_empty(
            {
                "version": number,
                "title": draw(LINE),
                "summary": draw(LINE),
                "section": draw(LINE),
                "tags": draw(st.lists(LINE.filter(bool), max_size=3)),
                "body": draw(BODY),
                "note": draw(LINE),
                "restored_from": draw(st.none() | st.integers(1, 9)),
                "at": draw(st.datetimes()).isoformat(),
                "author": draw(LINE),
            }
        )
    )


@st.composite
def records(draw: st.DrawFn) -> ArticleRecord:
    count = draw(st.integers(1, 3))
    past = [draw(versions(number)) for number in range(1, count + 1)]
    content = ("version", "title", "summary", "section", "tags", "body")
    said: dict[str, Any] = {k: v for k, v in past[-1].said.items() if k in content}
    said |= {"id": str(draw(st.uuids())), "slug": draw(SLUG), "owner": draw(LINE)}
    files = draw(st.dictionaries(LINE.filter(bool), st.binary(max_size=40), max_size=2))
    return ArticleRecord(
        without_empty(said) | {"locale": draw(st.sampled_from(["en", "pt-BR"]))},
        past,
        [
            FileRecord({"name": name, "digest": str(number)}, content)
            for number, (name, content) in enumerate(files.items())
        ],
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(records(), max_size=2, unique_by=lambda one: one.said["slug"].upper()))
def test_what_is_written_is_read_again_as_it_was(written: list[ArticleRecord]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        begin_tree(Path(folder))
        for record in written:
            write_record(Path(folder), record)

        found = [read_record(place) for place in places(Path(folder))]

    assert sorted(found, key=lambda one: str(one.said["id"])) == sorted(
        written, key=lambda one: str(one.said["id"])
    )


@given(BODY)
def test_a_body_stands_below_letter_by_letter(body: str) -> None:
    said = without_empty({"title": "on", "note": "1: 2\n---\n3", "body": body})

    assert said_in(text_of(said)) == said


def test_line_ends_of_another_system_are_ours() -> None:
    text = text_of({"title": "VPN", "body": "One.\n\nTwo."})

    assert said_in(text.replace("\n", "\r\n")) == {"title": "VPN", "body": "One.\n\nTwo."}


@pytest.mark.parametrize(
    "text", ["", "# VPN", "---\ntitle: VPN\n", "---\n- VPN\n---\n", "---\na: [\n---\n"]
)
def test_what_is_no_article_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Unreadable):
        said_in(text)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")

    with pytest.raises(NoTree):
        begin_tree(tmp_path)
    with pytest.raises(NoTree):
        list(places(tmp_path))
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_what_an_earlier_export_left_is_gone_and_what_is_hidden_stays(tmp_path: Path) -> None:
    begin_tree(tmp_path)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "old.md").write_text("old")
    (tmp_path / ".git").mkdir()

    begin_tree(tmp_path)

    assert sorted(one.name for one in tmp_path.iterdir()) == [".git", "foredesk-articles.yaml"]
