import pytest

from foredesk.desk import Desk
from foredesk.errors import NotFound, StaleVersion
from foredesk.knowledge.differences import Line, LineKind, Piece, passages
from foredesk.knowledge.models import ArticleVersion
from foredesk.knowledge.versions import (
    FieldDifference,
    article_versions,
    restore_version,
    version_differences,
    visible_versions,
)
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization, make_requester


async def test_versions_say_who_wrote_them_and_what_is_new(desk: Desk) -> None:
    grace = await make_agent(desk, await make_organization(desk), name="Grace")
    article = await write_article(desk, grace, title="Ink", body="Old.")
    await revise_article(desk, grace, article_id=article.id, body="New.", note=" Shorter\n now ")

    versions = await article_versions(grace, article.id)

    assert [(one.version, one.body, one.note) for one in versions] == [
        (2, "New.", "Shorter now"),
        (1, "Old.", ""),
    ]
    assert {one.author.name for one in versions if one.author} == {"Grace"}


async def test_a_version_is_said_again_as_a_new_one(desk: Desk) -> None:
    article = await write_article(desk, SYSTEM, title="Ink", body="Right.", tags=["a"])
    await revise_article(desk, SYSTEM, article_id=article.id, body="Wrong.", tags=[], title="Oh")

    restored = await restore_version(
        desk, SYSTEM, article_id=article.id, version=1, expected_version=2, note="Back"
    )
    again = await restore_version(desk, SYSTEM, article_id=article.id, version=1)

    assert (restored.title, restored.body, restored.tags) == ("Ink", "Right.", ["a"])
    assert restored.body_html == "<p>Right.</p>\n"
    assert again.version == 3
    kept = await ArticleVersion.get(article_id=article.id, version=3)
    assert (kept.restored_from, kept.note) == (1, "Back")


async def test_a_version_that_is_not_there_is_not_restored(desk: Desk) -> None:
    article = await write_article(desk, SYSTEM, title="Ink", body="Right.")

    with pytest.raises(NotFound):
        await restore_version(desk, SYSTEM, article_id=article.id, version=2)
    with pytest.raises(StaleVersion):
        await restore_version(desk, SYSTEM, article_id=article.id, version=1, expected_version=7)


async def test_differences_name_lines_of_the_article_and_passages_of_the_text(desk: Desk) -> None:
    body = "First.\n\nThe printer is on the second floor.\n\nLast."
    article = await write_article(desk, SYSTEM, title="Printer", body=body, tags=["a", "b"])
    await revise_article(
        desk,
        SYSTEM,
        article_id=article.id,
        title="Printers",
        body=body.replace("second", "third"),
        tags=["b"],
        summary="First.",
    )

    found = await version_differences(SYSTEM, article_id=article.id, before=1, after=2)

    assert found.fields == (
        FieldDifference("title", "Printer", "Printers"),
        FieldDifference("tags", "a, b", "b"),
    )
    (passage,) = found.passages
    assert [line.kind.value for line in passage.lines] == [
        *("same", "same", "removed", "added", "same", "same"),
    ]
    assert passage.lines[2] == Line(
        LineKind.REMOVED,
        (
            Piece("The printer is on the ", False),
            Piece("second", True),
            Piece(" floor.", False),
        ),
        3,
        None,
    )
    assert passage.lines[3].text == "The printer is on the third floor."


def test_lines_that_have_little_in_common_differ_as_a_whole() -> None:
    (passage,) = passages("Call the desk.", "Принтер не печатает")

    assert [line.pieces for line in passage.lines] == [
        (Piece("Call the desk.", True),),
        (Piece("Принтер не печатает", True),),
    ]
    assert passages("same\n", "same") == ()
    assert [line.number_after for line in passages("", "a\nb")[0].lines] == [1, 2]


async def test_readers_see_no_versions_and_agents_only_those_of_articles_they_see(
    desk: Desk,
) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    await publish(desk, "Ink")

    assert await visible_versions(ANONYMOUS).count() == 0
    assert await visible_versions(await make_requester(desk, acme)).count() == 0
    assert await visible_versions(await make_agent(desk, other)).count() == 1
