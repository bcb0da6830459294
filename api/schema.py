"""The schema: all nouns put together."""

from pathlib import Path

import strawberry
from strawberry.schema.config import StrawberryConfig

from api import article_enums, enums  # noqa: F401  # names enums before any type uses them
from api.access.acts import AccessMutation
from api.access.reads import AccessQuery
from api.agreements.acts import AgreementMutation, CalendarMutation
from api.agreements.reads import AgreementQuery
from api.catalog import CatalogQuery
from api.knowledge.acts import KnowledgeMutation
from api.knowledge.authoring_acts import ArticleAuthoringMutation
from api.knowledge.authoring_reads import ArticleAuthoringQuery
from api.knowledge.lifecycle import ArticleMutation
from api.knowledge.reads import KnowledgeQuery
from api.knowledge.watch import SearchSubscription
from api.management.absences import AbsenceMutation
from api.management.acts import PeopleMutation
from api.management.groups import OrganizationMutation, TeamMutation
from api.management.reads import ManagementQuery
from api.measures.reads import MeasureQuery
from api.names import RememberedNames
from api.nodes import NodeQuery
from api.notifications.acts import NotificationMutation
from api.notifications.types import NotificationQuery
from api.outages.acts import OutageMutation
from api.outages.estimates import EstimateQuery
from api.plugins import PluginQuery
from api.replay.reads import ReplayQuery
from api.scalars import SCALARS
from api.search_words.acts import SearchWordsMutation
from api.search_words.reads import SearchWordsQuery
from api.self_service.experiment import ExperimentMutation, ExperimentQuery
from api.self_service.reads import SelfServiceQuery
from api.service_levels import ServiceLevelQuery
from api.surveys.acts import SurveyMutation
from api.surveys.reads import SurveyQuery
from api.tickets.acts import WorkMutation
from api.tickets.articles import TicketArticleMutation, TicketArticleQuery
from api.tickets.endings import EndingMutation
from api.tickets.events import TYPES
from api.tickets.joining import JoiningMutation
from api.tickets.pausing import PauseMutation
from api.tickets.queue import QueueSubscription
from api.tickets.reads import TicketQuery
from api.tickets.several import SeveralMutation
from api.tickets.watch import TicketSubscription
from api.viewer import ViewerQuery

SDL = Path(__file__).parent / "schema.graphql"


def build_schema() -> strawberry.Schema:
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=list(TYPES.values()),
        config=StrawberryConfig(
            scalar_map=SCALARS, name_converter=RememberedNames(), disable_field_suggestions=True
        ),
    )


@strawberry.type(description="Entry points to read data.")
class Query(
    ViewerQuery,
    ManagementQuery,
    NodeQuery,
    TicketQuery,
    TicketArticleQuery,
    KnowledgeQuery,
    ArticleAuthoringQuery,
    SearchWordsQuery,
    CatalogQuery,
    ServiceLevelQuery,
    AgreementQuery,
    EstimateQuery,
    SurveyQuery,
    MeasureQuery,
    SelfServiceQuery,
    ExperimentQuery,
    ReplayQuery,
    PluginQuery,
    AccessQuery,
    NotificationQuery,
):
    pass


@strawberry.type(description="Entry points to change data, one for each act.")
class Mutation(
    WorkMutation,
    EndingMutation,
    PauseMutation,
    JoiningMutation,
    OutageMutation,
    SeveralMutation,
    KnowledgeMutation,
    SearchWordsMutation,
    ArticleMutation,
    ArticleAuthoringMutation,
    SurveyMutation,
    AccessMutation,
    PeopleMutation,
    OrganizationMutation,
    TeamMutation,
    AbsenceMutation,
    CalendarMutation,
    AgreementMutation,
    NotificationMutation,
    ExperimentMutation,
    TicketArticleMutation,
):
    pass


@strawberry.type(description="Entry points to be told of changes.")
class Subscription(TicketSubscription, QueueSubscription, SearchSubscription):
    pass


schema = build_schema()
