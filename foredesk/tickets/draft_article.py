"""Draft an article: what a request was about and what solved it, for everybody who asks next."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, InvalidTransition, NotFound
from foredesk.knowledge.drafting import drafted_body, drafted_title
from foredesk.knowledge.models import Article, ArticleKind, Audience
from foredesk.knowledge.personal_data import Known, PersonalData, without_personal_data
from foredesk.knowledge.write import write_article
from foredesk.people.idempotency import Once
from foredesk.people.models import Person
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.tickets.articles import note_use
from foredesk.tickets.change import Change, changing
from foredesk.tickets.models import ArticleUse, Ticket, TicketEvent
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import TicketState

NAMES_AT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class DraftedArticle:
    """The draft, and how much of each kind of personal data was taken out of it."""

    article: Article
    removed: Mapping[PersonalData, int]


async def draft_article(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    kind: ArticleKind = ArticleKind.QUESTION,
    audience: Audience = Audience.ORGANIZATION,
    locale: str | None = None,
    section: str = "",
    once: Once | None = None,
) -> DraftedArticle:
    """Make a draft of a solved request in the shape of a template, without the personal data of
    anybody, and link it to the request.

    It is for the organization whose request it was unless somebody decides otherwise: what it
    says was said there. `locale` is the requester's language if left out.

    Raises NotFound for a request the viewer may not see; NotPermitted unless they handle it and
    may write articles; InvalidTransition for one that is not solved; InvalidInput for what a
    confidential team has, whose words leave it for nobody, and for what `write_article` refuses.
    """
    require(viewer, Act.WRITE_ARTICLE)
    ticket = (
        await visible_to(viewer)
        .prefetch_related("requester__organization")
        .get_or_none(id=ticket_id)
    )
    if ticket is None:
        raise NotFound("ticketId")
    require(viewer, Act.LINK_ARTICLE, ticket)
    _check(ticket)
    asked_in = ticket.requester.locale or ticket.requester.organization.locale
    cleaned = await _cleaned(ticket, locale or asked_in)
    async with transaction():
        article = await write_article(
            desk,
            viewer,
            title=drafted_title(cleaned.subject),
            body=drafted_body(kind, locale or asked_in, cleaned.details, cleaned.resolution),
            locale=locale or asked_in,
            section=section,
            kind=kind,
            audience=audience,
            organization_id=ticket.organization_id if audience is Audience.ORGANIZATION else None,
            once=once,
        )
        async with changing(desk, viewer, ticket_id, Act.LINK_ARTICLE) as change:
            await _link(change, article)
    return DraftedArticle(article, dict(cleaned.removed))


async def _link(change: Change, article: Article) -> None:
    _check(change.ticket)
    await note_use(change, article, ArticleUse.WRITTEN)


def _check(ticket: Ticket) -> None:
    if ticket.is_confidential:
        raise InvalidInput("ticketId", "The words of a confidential request stay with its team.")
    if ticket.state not in (TicketState.RESOLVED, TicketState.CLOSED) or not ticket.resolution:
        raise InvalidTransition(
            "Only a solved request says what helped.", state=ticket.state.value, allowed=()
        )


@dataclass(frozen=True, slots=True)
class _Cleaned:
    subject: str
    details: str
    resolution: str
    removed: Counter[PersonalData]


async def _cleaned(ticket: Ticket, locale: str) -> _Cleaned:
    people, names = await _concerned(ticket), await _names(ticket)
    removed: Counter[PersonalData] = Counter()

    def cleaned(text: str) -> str:
        said = without_personal_data(text, people=people, names=names(text), locale=locale)
        removed.update(said.removed)
        return said.text

    return _Cleaned(
        cleaned(ticket.subject), cleaned(ticket.details), cleaned(ticket.resolution), removed
    )


async def _concerned(ticket: Ticket) -> list[Known]:
    """Whoever asked, wrote, worked on it, or was named by one of its events."""
    ids = {ticket.requester_id, ticket.assignee_id}
    for event in await TicketEvent.filter(ticket_id=ticket.id):
        ids.add(event.actor_id)
        ids |= {_id(event.data.get(name)) for name in _NAMED}
    people = await Person.filter(id__in=[id for id in ids if id])
    return [Known(person.name, person.email or "", person.phone or "") for person in people]


_NAMED = ("requester_id", "from_requester_id", "assignee_id", "person_id", "instead_of")


async def _names(ticket: Ticket) -> "_Names":
    """Names of everybody of the organization, and of those who have served anybody."""
    theirs = Person.filter(organization_id=ticket.organization_id).limit(NAMES_AT_MOST)
    ours = Person.filter(role_grants__id__isnull=False).distinct().limit(NAMES_AT_MOST)
    names = [
        *await theirs.values_list("name", flat=True),
        *await ours.values_list("name", flat=True),
    ]
    return _Names({str(name) for name in names})


class _Names:
    """Only whole names of two words or more are looked for, and only those that may be there."""

    def __init__(self, names: set[str]) -> None:
        self._names = [name for name in names if len(name.split()) > 1]

    def __call__(self, text: str) -> Sequence[str]:
        words = set(re.findall(r"\w+", text.casefold()))
        return [name for name in self._names if set(re.findall(r"\w+", name.casefold())) <= words]


def _id(value: object) -> UUID | None:
    return UUID(str(value)) if value else None
