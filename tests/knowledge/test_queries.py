from foredesk.desk import Desk
from foredesk.knowledge.models import Audience
from foredesk.knowledge.publish import retire_article
from foredesk.knowledge.queries import (
    article_by_id,
    article_by_slug,
    linked_from,
    linking_to,
    sections,
    translations,
    visible_to,
)
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import ANONYMOUS, SYSTEM, Viewer
from tests.knowledge.desks import publish, publish_for
from tests.people import make_agent, make_organization, make_requester


async def titles(viewer: Viewer) -> set[str]:
    return {article.title for article in await visible_to(viewer)}


async def test_everybody_reads_what_is_published_for_them_and_nothing_else(desk: Desk) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    await publish(desk, "Public")
    await publish_for(desk, acme.id, "Of Acme")
    await publish_for(desk, other.id, "Of the other")
    await publish(desk, "For agents", audience=Audience.AGENTS)
    await write_article(desk, SYSTEM, title="Draft", body="B")
    await write_article(
        desk,
        SYSTEM,
        title="Draft of the other",
        body="B",
        audience=Audience.ORGANIZATION,
        organization_id=other.id,
    )
    retired = await publish(desk, "Retired")
    await retire_article(desk, SYSTEM, article_id=retired.id)

    assert await titles(ANONYMOUS) == {"Public"}
    assert await titles(await make_requester(desk, acme)) == {"Public", "Of Acme"}
    assert await titles(await make_requester(desk, other)) == {"Public", "Of the other"}
    assert await titles(await make_agent(desk, acme)) == {
        "Public",
        "Of Acme",
        "For agents",
        "Draft",
        "Retired",
    }
    assert len(await titles(SYSTEM)) == 7


async def test_an_article_that_is_not_theirs_is_none_like_one_that_is_not_there(
    desk: Desk,
) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    article = await publish_for(desk, other.id, "Of the other")
    ada = await make_requester(desk, acme)

    assert await article_by_id(ada, article.id) is None
    assert await article_by_slug(ada, article.slug) is None
    assert await article_by_slug(ada, "nothing\x00here") is None
    assert await article_by_slug(await make_requester(desk, other), article.slug) == article


async def test_links_and_translations_lead_only_to_what_may_be_read(desk: Desk) -> None:
    acme = await make_organization(desk)
    original = await publish(desk, "Printer", "[a](/articles/ink) [b](/articles/secret)")
    ink = await publish(desk, "Ink", "[back](/articles/printer)")
    await publish_for(desk, acme.id, "Secret")
    german = await publish(desk, "Drucker", locale="de", translation_of=original.id)
    await write_article(
        desk, SYSTEM, title="Imprimante", body="B", locale="fr", translation_of=original.id
    )

    assert await linked_from(ANONYMOUS, original) == [ink]
    assert len(await linked_from(await make_requester(desk, acme), original)) == 2
    assert await linking_to(ANONYMOUS, original) == [ink]
    assert await translations(ANONYMOUS, original) == [german]


async def test_sections_count_what_may_be_read_in_a_language(desk: Desk) -> None:
    acme = await make_organization(desk)
    await publish(desk, "A", section="Printers")
    await publish(desk, "B", section="Printers")
    await publish(desk, "C", section="Accounts")
    await publish(desk, "D", section="Drucker", locale="de")
    await publish(
        desk, "E", section="Accounts", audience=Audience.ORGANIZATION, organization_id=acme.id
    )

    assert await sections(ANONYMOUS, "en") == [("Accounts", 1), ("Printers", 2)]
    assert await sections(await make_requester(desk, acme), "en") == [
        ("Accounts", 2),
        ("Printers", 2),
    ]
    assert await sections(ANONYMOUS, "fr") == []
