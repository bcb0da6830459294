"""Reply passage: how an article is named in a reply, in the requester's language."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import published_for, visible_to
from foredesk.people.models import Person
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer, viewer_of
from foredesk.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class ReplyPassage:
    """`article` goes along with the reply; it is the requester's translation, if there is one."""

    article: Article
    text: str


async def reply_passage(
    desk: Desk, viewer: Viewer, ticket: Ticket, article_id: UUID
) -> ReplyPassage:
    """Title and address, to be put into a reply.

    Raises NotPermitted unless the viewer may reply to the visible ticket, NotFound for an article
    that they may not see, and InvalidInput for one that the requester can't read.
    """
    require(viewer, Act.REPLY, ticket)
    article = await visible_to(viewer).get_or_none(id=article_id)
    if article is None:
        raise NotFound("articleId")
    requester = await viewer_of(await Person.get(id=ticket.requester_id))
    readable = await published_for(requester).filter(translation_group=article.translation_group)
    fitting = [one for one in readable if one.locale == requester.locale] or [
        one for one in readable if one.id == article.id
    ]
    if not fitting:
        raise InvalidInput("articleId", "Whoever asked can't read this article.")
    address = f"{desk.settings.address}/articles/{quote(fitting[0].slug)}"
    return ReplyPassage(fitting[0], f"{fitting[0].title}\n{address}")
