"""Nodes: read any object again by its ID."""

from typing import Annotated

import strawberry

from api.access.types import ApiToken, ServiceAccount, Session
from api.agreements.calendars import Calendar
from api.catalog import Service
from api.connections import wanted
from api.context import Info
from api.identifiers import parse_id
from api.knowledge.authoring_types import ArticleAttachment, ArticleEvent, ArticleVersion
from api.knowledge.notices import ArticleNotice
from api.knowledge.types import Article
from api.management.events import PeopleEvent
from api.node import Node
from api.notifications.types import Notification
from api.operations.errors import Code, refusal
from api.outages.types import OutageAction, OutageReport
from api.people import Absence, Organization, Person, Team
from api.search_words.types import GoldenQuery, GoldenRun, WordList
from api.service_levels import ServiceLevelAgreement
from api.sources import want
from api.surveys.types import Survey, SurveyInvitation
from api.tickets.types import Ticket

AT_MOST = 100

KINDS: dict[str, type[Node]] = {
    kind.__name__: kind
    for kind in (
        ApiToken,
        Absence,
        Article,
        ArticleAttachment,
        ArticleEvent,
        ArticleNotice,
        ArticleVersion,
        Calendar,
        GoldenQuery,
        GoldenRun,
        Notification,
        Organization,
        OutageAction,
        OutageReport,
        PeopleEvent,
        Person,
        Service,
        ServiceAccount,
        ServiceLevelAgreement,
        Session,
        Survey,
        SurveyInvitation,
        Team,
        Ticket,
        WordList,
    )
}


@strawberry.type
class NodeQuery:
    @wanted(
        description="Object with the given ID; null if there is none or it is not to be seen",
        kinds=tuple(KINDS.values()),
    )
    def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="ID of the object.")],
    ) -> Node | None:
        return _wanted(id)

    @wanted(
        description="Objects with the given IDs, at most 100, in the same order; null where "
        "there is none or it is not to be seen",
        kinds=tuple(KINDS.values()),
    )
    def nodes(
        self,
        info: Info,
        ids: Annotated[
            list[strawberry.ID], strawberry.argument(description="IDs of the objects, at most 100.")
        ],
    ) -> list[Node | None]:
        if len(ids) > AT_MOST:
            raise refusal(f"Ask for at most {AT_MOST} objects.", Code.BAD_USER_INPUT)
        return [_wanted(id) for id in ids]


def _wanted(id: str) -> Node | None:
    found = parse_id(id)
    if found is None or found[0] not in KINDS:
        return None
    return want(KINDS[found[0]], {"id": found[1]})
