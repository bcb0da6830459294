from foredesk.desk import Desk
from foredesk.knowledge.models import Article, ArticleQuestion
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.confirm import refuse_resolution
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind
from foredesk.tickets.teach import questions_of, teach_articles, unteach_articles
from tests.tickets import Crowd, make_crowd


async def resolved(desk: Desk) -> tuple[Crowd, Ticket, Article]:
    crowd = await make_crowd(desk)
    article = await write_article(desk, SYSTEM, title="Connect from home", body="Like this.")
    await publish_article(desk, SYSTEM, article_id=article.id)
    ticket = await record_ticket(desk, crowd.ada, subject="Drives are gone on the train")
    ticket = await resolve_ticket(
        desk, crowd.grace, ticket_id=ticket.id, resolution="Done.", article_ids=[article.id]
    )
    return crowd, ticket, article


async def last(ticket: Ticket, kind: EventKind) -> TicketEvent:
    event = await TicketEvent.filter(ticket_id=ticket.id, kind=kind).order_by("-sequence").first()
    assert event is not None
    return event


async def test_an_article_learns_the_question_once(desk: Desk) -> None:
    crowd, ticket, article = await resolved(desk)
    event = await last(ticket, EventKind.RESOLVED)

    await teach_articles(desk, event)
    await teach_articles(desk, event)

    questions = await questions_of(crowd.grace, [article.id])
    assert questions[article.id] == ["Drives are gone on the train"]


async def test_who_does_not_see_the_request_does_not_see_its_question(desk: Desk) -> None:
    crowd, ticket, article = await resolved(desk)
    await teach_articles(desk, await last(ticket, EventKind.RESOLVED))

    for viewer in (crowd.ada, crowd.zoe, crowd.zack):
        assert (await questions_of(viewer, [article.id]))[article.id] == []


async def test_a_refused_solution_is_unlearned_in_whatever_order_the_jobs_run(desk: Desk) -> None:
    crowd, ticket, _ = await resolved(desk)
    taught = await last(ticket, EventKind.RESOLVED)
    await refuse_resolution(desk, crowd.ada, ticket_id=ticket.id, reason="Still gone.")
    refused = await last(ticket, EventKind.REFUSED)

    await teach_articles(desk, taught)
    await unteach_articles(desk, refused)
    assert not await ArticleQuestion.exists()

    await unteach_articles(desk, refused)
    await teach_articles(desk, taught)
    assert not await ArticleQuestion.exists()
