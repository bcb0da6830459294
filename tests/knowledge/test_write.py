import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from foredesk.knowledge.models import (
    Article,
    ArticleChange,
    ArticleLink,
    ArticleState,
    ArticleVersion,
    Audience,
)
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from tests.clock import NOW
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization, make_requester


async def test_an_article_begins_as_a_draft_with_its_first_version(desk: Desk) -> None:
    article = await write_article(
        desk,
        SYSTEM,
        title="  VPN drops\nevery hour ",
        body="Restart the **router**.\n\n## Still broken\n\nCall us.",
        tags=["vpn", "network", "vpn"],
    )

    stored = await Article.get(id=article.id)
    assert stored.title == "VPN drops every hour"
    assert stored.slug == "vpn-drops-every-hour"
    assert stored.state is ArticleState.DRAFT
    assert stored.version == 1
    assert stored.tags == ["vpn", "network"]
    assert stored.summary == "Restart the router."
    assert stored.headings == ["Still broken"]
    assert stored.body_text == "Restart the router.\nCall us."
    assert stored.body_html.startswith("<p>Restart the <strong>router</strong>.</p>")
    assert stored.created_at == NOW
    assert [(v.version, v.title) for v in await stored.versions] == [(1, "VPN drops every hour")]


async def test_a_revision_keeps_what_was_said_before(desk: Desk) -> None:
    article = await publish(desk, "Printer", "Turn it off.")

    revised = await revise_article(
        desk, SYSTEM, article_id=article.id, expected_version=1, body="Turn it on again."
    )

    versions = await ArticleVersion.filter(article_id=article.id).order_by("version")
    assert [version.body for version in versions] == ["Turn it off.", "Turn it on again."]
    assert revised.version == 2
    assert revised.summary == "Turn it on again."
    assert revised.state is ArticleState.PUBLISHED
    assert revised.slug == article.slug
    assert await ArticleChange.all().values_list("revision", "article_id") == [(3, article.id)]


async def test_a_summary_that_somebody_wrote_survives_a_new_text(desk: Desk) -> None:
    article = await publish(desk, "Printer", "Turn it off.", summary="In one minute.")

    revised = await revise_article(desk, SYSTEM, article_id=article.id, body="Turn it on.")

    assert revised.summary == "In one minute."


async def test_a_revision_that_says_the_same_makes_no_version(desk: Desk) -> None:
    article = await publish(desk, "Printer", "Turn it off.")

    same = await revise_article(
        desk, SYSTEM, article_id=article.id, title=" Printer ", body="Turn it off.\n"
    )

    assert same.version == 1
    assert await ArticleVersion.all().count() == 1
    assert (await ArticleChange.get()).revision == article.revision


async def test_a_revision_of_an_older_version_is_refused(desk: Desk) -> None:
    article = await publish(desk, "Printer", "One.")
    await revise_article(desk, SYSTEM, article_id=article.id, expected_version=1, body="Two.")

    with pytest.raises(StaleVersion) as refusal:
        await revise_article(desk, SYSTEM, article_id=article.id, expected_version=1, body="Three.")

    assert refusal.value.current == 2
    assert (await Article.get(id=article.id)).body == "Two."


async def test_a_title_that_is_taken_gets_a_number_in_its_address(desk: Desk) -> None:
    slugs = [(await write_article(desk, SYSTEM, title="Drucker?", body="")).slug for _ in range(3)]

    assert slugs == ["drucker", "drucker-2", "drucker-3"]


async def test_links_to_other_articles_are_kept_and_follow_the_text(desk: Desk) -> None:
    article = await write_article(
        desk, SYSTEM, title="A", body="[b](/articles/drucker-für-büro#tinte) [c](/articles/c)"
    )
    assert sorted(await ArticleLink.all().values_list("target_slug", "anchor")) == [
        ("c", ""),
        ("drucker-für-büro", "tinte"),
    ]

    await revise_article(desk, SYSTEM, article_id=article.id, body="[c](/articles/c)")

    assert await ArticleLink.all().values_list("target_slug", flat=True) == ["c"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " \n"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": "x" * 300_001}, "body"),
        ({"summary": "x" * 501}, "summary"),
        ({"locale": "../x"}, "locale"),
        ({"audience": Audience.ORGANIZATION}, "audience"),
        ({"tags": ["x" * 61]}, "tags"),
        ({"title": "a\x00b"}, "title"),
        ({"body": "half a pair \ud800"}, "body"),
    ],
)
async def test_what_cannot_be_kept_is_refused(
    desk: Desk, given: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await write_article(desk, SYSTEM, **({"title": "T", "body": "B"} | given))  # type: ignore[arg-type]

    assert refusal.value.field == field
    assert not await Article.exists()
    assert not await ArticleChange.exists()


async def test_only_agents_write_and_only_for_those_they_serve(desk: Desk) -> None:
    acme, other = await make_organization(desk, "acme"), await make_organization(desk, "other")
    requester = await make_requester(desk, acme)
    agent = await make_agent(desk, acme)

    for viewer in (ANONYMOUS, requester):
        with pytest.raises(NotPermitted):
            await write_article(desk, viewer, title="T", body="B")
    with pytest.raises(NotFound):
        await write_article(
            desk,
            agent,
            title="T",
            body="B",
            audience=Audience.ORGANIZATION,
            organization_id=other.id,
        )

    assert not await Article.exists()


async def test_a_translation_joins_the_group_of_its_original(desk: Desk) -> None:
    original = await publish(desk, "Printer")

    translation = await write_article(
        desk, SYSTEM, title="Drucker", body="Aus.", locale="de", translation_of=original.id
    )

    assert translation.translation_group == original.translation_group
