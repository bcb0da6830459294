"""What agents say of the articles of a request, and what follows from it."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from foredesk.channels.flags import tell_of_flag
from foredesk.channels.notify import notify_requester
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.knowledge.models import Article, ArticleKind, ArticleQuestion, Audience
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.ports import Mail
from foredesk.tickets.articles import link_article, unlink_article
from foredesk.tickets.known_errors import push_known_error
from foredesk.tickets.models import ArticleUse, Ticket, TicketArticle, TicketEvent
from foredesk.tickets.queries import history_of
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.reply_passage import reply_passage
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.reuse import links_of, open_flags, reuse_counts
from foredesk.tickets.states import EventKind
from foredesk.tickets.teach import teach_articles, unteach_article
from tests.quiet_parts import QuietMailer
from tests.tickets import Crowd, make_crowd

KNOWN = "## Symptoms\n\nIt drops.\n\n## Workaround {#workaround}\n\n{helps}\n\n## Solution\n\nSoon."


@pytest.fixture
async def crowd(desk: Desk) -> Crowd:
    return await make_crowd(desk)


@pytest.fixture
async def ticket(desk: Desk, crowd: Crowd) -> Ticket:
    return await record_ticket(desk, crowd.ada, subject="VPN drops")


async def published(desk: Desk, title: str = "VPN", body: str = "Text.", **more: object) -> Article:
    article = await write_article(desk, SYSTEM, title=title, body=body, **more)  # type: ignore[arg-type]
    return await publish_article(desk, SYSTEM, article_id=article.id)


def sent(desk: Desk) -> list[Mail]:
    assert isinstance(desk.mailer, QuietMailer)
    return desk.mailer.sent


async def told(viewer: Viewer, ticket: Ticket, kind: EventKind) -> Sequence[TicketEvent]:
    return await history_of(viewer, ticket).filter(kind=kind)


async def test_what_is_said_last_of_an_article_counts_and_only_agents_see_it(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    article = await published(desk)

    for use, note in ((ArticleUse.FLAGGED, "Step 2 is gone."), (ArticleUse.FIXED, "")):
        await link_article(
            desk, crowd.grace, ticket_id=ticket.id, article_id=article.id, use=use, note=note
        )

    (link,) = await links_of(crowd.grace, ticket)
    assert (link.use, link.note, link.article_version) == (ArticleUse.FIXED, "", 1)
    events = await told(crowd.grace, ticket, EventKind.ARTICLE_LINKED)
    assert [(event.data["use"], event.data["note"]) for event in events] == [
        ("flagged", "Step 2 is gone."),
        ("fixed", ""),
    ]
    assert await links_of(crowd.ada, ticket) == []
    assert await told(crowd.ada, ticket, EventKind.ARTICLE_LINKED) == []


async def test_what_can_not_be_linked_is_refused_and_nothing_is_kept(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    article, theirs = await published(desk), crowd.zenith.id
    hidden = await published(desk, "Zenith", audience=Audience.ORGANIZATION, organization_id=theirs)

    async def link(viewer: Viewer, article_id: UUID, use: ArticleUse = ArticleUse.USED) -> None:
        await link_article(desk, viewer, ticket_id=ticket.id, article_id=article_id, use=use)

    with pytest.raises(NotPermitted):
        await link(crowd.ada, article.id)
    with pytest.raises(NotFound) as lost:
        await link(crowd.zack, article.id)
    with pytest.raises(NotFound) as unseen:
        await link(crowd.grace, hidden.id)
    for use in (ArticleUse.FLAGGED, ArticleUse.WRITTEN):
        with pytest.raises(InvalidInput):
            await link(crowd.grace, article.id, use)

    assert (lost.value.field, unseen.value.field) == ("ticketId", "articleId")
    assert not await TicketArticle.exists()


async def test_reuse_counts_requests_and_neither_flags_nor_where_it_was_written(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    article, grace = await published(desk), crowd.grace
    others = [await record_ticket(desk, crowd.ada, subject=f"VPN {n}") for n in range(3)]
    await link_article(desk, grace, ticket_id=ticket.id, article_id=article.id)
    await add_reply(desk, grace, ticket_id=others[0].id, body="See", article_ids=[article.id])
    await resolve_ticket(
        desk, grace, ticket_id=others[1].id, resolution="So.", article_ids=[article.id]
    )
    await link_article(
        desk,
        grace,
        ticket_id=others[2].id,
        article_id=article.id,
        use=ArticleUse.FLAGGED,
        note="Old.",
    )

    assert (await reuse_counts([article.id]))[article.id] == 3
    await unlink_article(desk, grace, ticket_id=ticket.id, article_id=article.id)
    assert (await reuse_counts([article.id]))[article.id] == 2
    with pytest.raises(NotFound):
        await unlink_article(desk, grace, ticket_id=others[0].id, article_id=article.id)
    assert (await TicketArticle.filter(ticket_id=ticket.id)) == []


async def test_a_flag_reaches_the_owner_and_stands_until_there_is_a_new_version(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    assert crowd.zack.person_id
    article = await published(desk, owner_id=crowd.zack.person_id)
    await link_article(
        desk,
        crowd.grace,
        ticket_id=ticket.id,
        article_id=article.id,
        use=ArticleUse.FLAGGED,
        note="Step 2 is gone.",
    )
    (event,) = await told(crowd.grace, ticket, EventKind.ARTICLE_LINKED)

    await tell_of_flag(desk, event.id)
    await tell_of_flag(desk, event.id)

    mail = sent(desk)[0]
    assert sent(desk) == [mail, mail]
    assert mail.subject == "Something is wrong with an article of yours: VPN"
    assert "Step 2 is gone." in mail.text
    assert "drops" not in mail.text
    flags = await open_flags(crowd.grace, [article.id])
    assert [flag.note for flag in flags[article.id]] == ["Step 2 is gone."]
    assert (await open_flags(crowd.zack, [article.id]))[article.id] == []
    await revise_article(desk, SYSTEM, article_id=article.id, body="Better.")
    assert (await open_flags(crowd.grace, [article.id]))[article.id] == []


async def test_an_article_that_was_linked_as_used_learns_the_question(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    article = await published(desk)
    await link_article(desk, crowd.grace, ticket_id=ticket.id, article_id=article.id)
    await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="So.")
    (resolved,) = await told(crowd.grace, ticket, EventKind.RESOLVED)

    await teach_articles(desk, resolved)
    assert [question.text for question in await ArticleQuestion.all()] == ["VPN drops"]
    await unlink_article(desk, crowd.grace, ticket_id=ticket.id, article_id=article.id)
    (unlinked,) = await told(crowd.grace, ticket, EventKind.ARTICLE_UNLINKED)
    await unteach_article(desk, unlinked)

    assert not await ArticleQuestion.exists()


async def test_an_article_is_put_into_a_reply_in_the_requesters_language(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    german = await published(desk, "VPN auf Deutsch", locale="de")
    english = await published(desk, "VPN in English", translation_of=german.id)
    ours = await published(desk, "For us", audience=Audience.AGENTS)

    passage = await reply_passage(desk, crowd.grace, ticket, german.id)
    assert passage.article.id == english.id
    assert passage.text == f"VPN in English\n{desk.settings.address}/articles/vpn-in-english"
    with pytest.raises(InvalidInput):
        await reply_passage(desk, crowd.grace, ticket, ours.id)


async def test_who_waits_for_a_known_error_is_told_once_and_again_when_something_else_helps(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    error = await write_article(
        desk,
        SYSTEM,
        title="VPN drops on trains",
        body=KNOWN.replace("{helps}", "Use the *old* client."),
        kind=ArticleKind.KNOWN_ERROR,
    )
    await link_article(desk, crowd.grace, ticket_id=ticket.id, article_id=error.id)
    assert await told(crowd.ada, ticket, EventKind.KNOWN_ERROR_TOLD) == []

    await publish_article(desk, SYSTEM, article_id=error.id)
    for _ in range(2):
        await push_known_error(desk, error.id)
    await revise_article(desk, SYSTEM, article_id=error.id, summary="Trains.")
    await push_known_error(desk, error.id)

    (first,) = await told(crowd.ada, ticket, EventKind.KNOWN_ERROR_TOLD)
    assert first.data["workaround"] == "Use the old client."
    await notify_requester(desk, first.id)
    mail = sent(desk)[-1]
    assert mail.subject == f"We know this error: your request {ticket.number}, VPN drops"
    assert "Until it is mended, this helps:\n\nUse the old client.\n" in mail.text

    body = KNOWN.replace("{helps}", "Use the web page.")
    await revise_article(desk, SYSTEM, article_id=error.id, body=body)
    await push_known_error(desk, error.id)
    events = await told(crowd.ada, ticket, EventKind.KNOWN_ERROR_TOLD)
    assert [event.data["workaround"] for event in events][1:] == ["Use the web page."]


async def test_nobody_is_told_of_a_known_error_that_is_not_theirs_to_read_or_solved(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    solved = await record_ticket(desk, crowd.ada, subject="VPN too")
    secret = await published(
        desk, "Ours", KNOWN, kind=ArticleKind.KNOWN_ERROR, audience=Audience.AGENTS
    )
    error = await published(desk, "Known", KNOWN, kind=ArticleKind.KNOWN_ERROR)
    await link_article(desk, crowd.grace, ticket_id=ticket.id, article_id=secret.id)
    await resolve_ticket(desk, crowd.grace, ticket_id=solved.id, resolution="So.")
    await link_article(desk, crowd.grace, ticket_id=solved.id, article_id=error.id)
    await push_known_error(desk, error.id)
    await push_known_error(desk, secret.id)

    assert not await TicketEvent.exists(kind=EventKind.KNOWN_ERROR_TOLD)
    await link_article(desk, crowd.grace, ticket_id=ticket.id, article_id=error.id)
    assert len(await told(crowd.ada, ticket, EventKind.KNOWN_ERROR_TOLD)) == 1
