"""The schema: all nouns put together."""

from pathlib import Path

import strawberry
from strawberry.schema.config import StrawberryConfig

from api import enums  # noqa: F401  # names the domain's enums before any type uses them
from api.catalog import CatalogQuery
from api.knowledge.acts import KnowledgeMutation
from api.knowledge.reads import KnowledgeQuery
from api.nodes import NodeQuery
from api.people import PeopleQuery
from api.plugins import PluginQuery
from api.scalars import SCALARS
from api.service_levels import ServiceLevelQuery
from api.surveys.acts import SurveyMutation
from api.surveys.reads import SurveyQuery
from api.tickets.acts import WorkMutation
from api.tickets.endings import EndingMutation
from api.tickets.events import TYPES
from api.tickets.reads import TicketQuery
from api.tickets.several import SeveralMutation
from api.tickets.watch import TicketSubscription

SDL = Path(__file__).parent / "schema.graphql"


def build_schema() -> strawberry.Schema:
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=list(TYPES.values()),
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )


@strawberry.type(description="Entry points to read data.")
class Query(
    PeopleQuery,
    NodeQuery,
    TicketQuery,
    KnowledgeQuery,
    CatalogQuery,
    ServiceLevelQuery,
    SurveyQuery,
    PluginQuery,
):
    pass


@strawberry.type(description="Entry points to change data, one for each act.")
class Mutation(WorkMutation, EndingMutation, SeveralMutation, KnowledgeMutation, SurveyMutation):
    pass


@strawberry.type(description="Entry points to be told of changes.")
class Subscription(TicketSubscription):
    pass


schema = build_schema()
