"""The service catalog."""

import strawberry

from api.connections import After, Before, Connection, First, Last, Ordering, page_of, wanted
from api.context import Info
from api.fields import column, relation
from api.node import Node
from api.people import Organization
from api.sources import want
from foredesk.catalog import models, queries

BY_NAME = Ordering("name", descending=False, read=str)


@strawberry.type(description="Something that the help desk supports.")
class Service(Node, visible=queries.visible_to):
    row: strawberry.Private[models.Service]
    name: str = column(description="Name of the service")
    description: str = column(description="Description of the service; may be empty")
    kind: models.ServiceKind = column(description="Kind of the service")
    is_active: bool = column(description="Indicates that requests about it are taken")
    organization: Organization | None = relation(
        "organization_id",
        description="Organization that the service is for; null if it is for all of them",
    )


@strawberry.type
class CatalogQuery:
    @wanted(description="Services that the viewer may have requests about, by name")
    def services(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Service]:
        return want(Service, {}, BY_NAME, page_of(first, after, last, before))
