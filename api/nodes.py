"""Nodes: read any object again by its ID."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

import strawberry
from strawberry.dataloader import DataLoader

from api.catalog import Service
from api.context import Info
from api.fields import computed
from api.identifiers import parse_id
from api.knowledge.types import Article
from api.loaders import Loaders
from api.node import Node
from api.operations.errors import Code, refusal
from api.people import Organization, Person, Team
from api.service_levels import ServiceLevelAgreement
from api.surveys.types import Survey, SurveyInvitation
from api.tickets.types import Ticket

AT_MOST = 100

READERS: dict[str, tuple[type[Node], Callable[[Loaders], DataLoader[Any, Any]]]] = {
    "Article": (Article, lambda loaders: loaders.articles),
    "Organization": (Organization, lambda loaders: loaders.organizations),
    "Person": (Person, lambda loaders: loaders.people),
    "Service": (Service, lambda loaders: loaders.services),
    "ServiceLevelAgreement": (ServiceLevelAgreement, lambda loaders: loaders.agreements),
    "Survey": (Survey, lambda loaders: loaders.surveys),
    "SurveyInvitation": (SurveyInvitation, lambda loaders: loaders.invitations),
    "Team": (Team, lambda loaders: loaders.teams),
    "Ticket": (Ticket, lambda loaders: loaders.tickets),
}


@strawberry.type
class NodeQuery:
    @computed(description="Object with the given ID; null if there is none or it is not to be seen")
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="ID of the object.")],
    ) -> Node | None:
        return await _read(info, id)

    @computed(
        description="Objects with the given IDs, at most 100, in the same order; null where "
        "there is none or it is not to be seen"
    )
    async def nodes(
        self,
        info: Info,
        ids: Annotated[
            list[strawberry.ID], strawberry.argument(description="IDs of the objects, at most 100.")
        ],
    ) -> list[Node | None]:
        if len(ids) > AT_MOST:
            raise refusal(f"Ask for at most {AT_MOST} objects.", Code.BAD_USER_INPUT)
        return await asyncio.gather(*[_read(info, id) for id in ids])


async def _read(info: Info, id: str) -> Node | None:
    found = parse_id(id)
    if found is None or found[0] not in READERS:
        return None
    kind, loader = READERS[found[0]]
    row = await loader(info.context.loaders).load(found[1])
    return kind(row=row) if row else None
