"""Reuse: how often an article served requests, what is said against it, and of which requests."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import ArticleUse, Ticket, TicketArticle
from foredesk.tickets.queries import handled_by

REUSED = Q(sent=True) | Q(resolved=True) | Q(use__in=[ArticleUse.USED, ArticleUse.FIXED])
"""Neither a flag nor the request that an article was written from is a reuse of it."""


def visible_links(viewer: Viewer) -> QuerySet[TicketArticle]:
    """Articles of the tickets that they see, and ask for no others': what was only linked is for
    those who handle the ticket.
    """
    if viewer.is_system:
        return TicketArticle.all()
    seen = Q(sent=True) | Q(resolved=True)
    if viewer.is_agent and viewer.reads(Scope.TICKETS):
        seen |= handled_by(viewer, "ticket__")
    return TicketArticle.filter(seen)


async def links_of(viewer: Viewer, ticket: Ticket) -> Sequence[TicketArticle]:
    """Of a visible ticket, with the articles, oldest first; those that the viewer may see."""
    links = visible_links(viewer).filter(ticket_id=ticket.id).order_by("linked_at", "id")
    return await links.prefetch_related("article")


async def reuse_counts(article_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """By article, how many requests it served: it was sent, used or fixed for them, or resolved
    them."""
    found = TicketArticle.filter(REUSED, article_id__in=list(article_ids))
    counts = Counter(await found.values_list("article_id", flat=True))
    return defaultdict(int, {id: counts[id] for id in article_ids})  # type: ignore[index]


async def open_flags(
    viewer: Viewer, article_ids: Sequence[UUID]
) -> Mapping[UUID, list[TicketArticle]]:
    """By article, flags that no later version answers, newest first: in requests that the viewer
    handles.
    """
    found: dict[UUID, list[TicketArticle]] = defaultdict(list)
    if not (viewer.is_agent and viewer.reads(Scope.TICKETS)):
        return found
    flags = TicketArticle.filter(article_id__in=list(article_ids), use=ArticleUse.FLAGGED)
    if not viewer.is_system:
        flags = flags.filter(handled_by(viewer, "ticket__"))
    for flag in await flags.prefetch_related("article").order_by("-linked_at", "-id"):
        if flag.article_version == flag.article.version:
            found[flag.article_id].append(flag)
    return found
