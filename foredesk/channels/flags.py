"""Flags: who answers for an article is told that something is wrong with it."""

from uuid import UUID

from foredesk import letters
from foredesk.channels.notify import PACKAGE
from foredesk.desk import Desk
from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import visible_to
from foredesk.people.models import Person, PersonKind
from foredesk.people.viewer import viewer_of
from foredesk.ports import Mail
from foredesk.tickets.models import ArticleUse, TicketEvent


async def tell_of_flag(desk: Desk, event_id: UUID) -> None:
    """Put a mail into the outbox for the owner of the article that an event flags, unless they
    did it themselves. It says what is wrong, and no word of the request; nothing of one that a
    confidential team has. Repeating it sends nothing twice.
    """
    event = await TicketEvent.get(id=event_id).select_related("ticket")
    if event.data.get("use") != ArticleUse.FLAGGED or event.ticket.is_confidential:
        return
    ids: list[str] = event.data["article_ids"]  # type: ignore[assignment]
    article = await Article.get(id=UUID(ids[0]))
    if article.owner_id in (None, event.actor_id):
        return
    to = await Person.get(id=article.owner_id).select_related("organization")
    if to.kind is not PersonKind.PERSON or not to.is_active:
        return
    if not await visible_to(await viewer_of(to)).filter(id=article.id).exists():
        return
    author = await Person.get_or_none(id=event.actor_id) if event.actor_id else None
    locale = to.locale or to.organization.locale
    subject, text = letters.written(
        PACKAGE,
        "article_flagged",
        locale,
        {
            "name": to.name,
            "author": author.name if author else "Foredesk",
            "title": article.title,
            "note": event.data["note"],
            "link": f"{desk.settings.address}/authoring/{article.id}",
        },
    )
    await desk.mailer.send(Mail(f"flag:{event.id}", to.email, subject, text, locale))
