"""The service catalog."""

import strawberry

from api.connections import After, Before, Connection, First, Last, Ordering, page_of, paginate
from api.context import Info
from api.fields import column, computed
from api.node import Node
from api.people import Organization
from foredesk.catalog import models, queries

BY_NAME = Ordering("name", descending=False, read=str)


@strawberry.type(description="Something that the help desk supports.")
class Service(Node):
    row: strawberry.Private[models.Service]
    name: str = column(description="Name of the service")
    description: str = column(description="Description of the service; may be empty")
    kind: models.ServiceKind = column(description="Kind of the service")
    is_active: bool = column(description="Indicates that requests about it are taken")

    @computed(description="Organization that the service is for; null if it is for all of them")
    async def organization(self, info: Info) -> Organization | None:
        if self.row.organization_id is None:
            return None
        row = await info.context.loaders.organizations.load(self.row.organization_id)
        return Organization(row=row) if row else None


@strawberry.type
class CatalogQuery:
    @computed(description="Services that the viewer may have requests about, by name")
    async def services(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Service]:
        page = page_of(first, after, last, before)
        found = await paginate(queries.visible_to(info.context.viewer), BY_NAME, page)
        return Connection(slice=found, make=lambda row: Service(row=row))
