"""History: a ticket's events as a viewer may read them, with the names in them."""

from collections.abc import Iterable
from uuid import UUID

from starlette.requests import Request

from foredesk.knowledge.queries import visible_to as visible_articles
from foredesk.people.queries import visible_people, visible_teams
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.queries import history_of, sees_internal, visible_to
from portal.cast import Cast
from portal.pages import desk_of
from portal.timeline import Entry, timeline
from portal.visits import visit_of


async def history(request: Request, ticket: Ticket) -> list[Entry]:
    visit = visit_of(request)
    events = await history_of(visit.viewer, ticket)
    cast = await _cast(visit.viewer, ticket, events)
    return timeline(events, cast, visit.words, desk_of(request).now())


async def _cast(viewer: Viewer, ticket: Ticket, events: list[TicketEvent]) -> Cast:
    people = {event.actor_id for event in events if event.actor_id} | {ticket.requester_id}
    people |= _ids(events, "assignee_id") | _ids(events, "person_id") | _ids(events, "instead_of")
    people |= _ids(events, "from_requester_id") | _ids(events, "told")
    others = _ids(events, "into_id") | _ids(events, "other_id")
    others |= _ids(events, "part_id") | _ids(events, "split_from_id")
    tickets = await visible_to(viewer).filter(id__in=list(others)) if others else []
    teams, articles = _ids(events, "team_id"), _ids(events, "article_ids")
    found = await visible_articles(viewer).filter(id__in=list(articles)) if articles else []
    return Cast(
        viewer_id=viewer.person_id,
        requester_id=ticket.requester_id,
        people={
            str(p.id): p.name for p in await visible_people(viewer).filter(id__in=list(people))
        },
        teams={str(t.id): t.name for t in await visible_teams(viewer).filter(id__in=list(teams))},
        articles={str(article.id): article for article in found},
        tickets={str(other.id): other.number for other in tickets},
        is_for_agents=sees_internal(viewer, ticket),
    )


def _ids(events: Iterable[TicketEvent], name: str) -> set[UUID]:
    """Ids that the events carry under this name, one each or a list."""
    found: set[UUID] = set()
    for event in events:
        value = event.data.get(name)
        found.update(UUID(str(id)) for id in (value if isinstance(value, list) else [value]) if id)
    return found
