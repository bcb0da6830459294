"""Events: who changed which right, and when; for administrators."""

from datetime import datetime
from typing import Any

import strawberry

from api.context import Info
from api.fields import column, computed, relation
from api.node import Node
from api.people import Organization, Person, Team
from foredesk.people import models
from foredesk.people.history import visible_people_events
from foredesk.people.models import PeopleEventKind
from foredesk.people.roles import Role


@strawberry.type(description="A value that was changed.")
class PeopleEventChange:
    field: str = strawberry.field(description="Name of what was changed")
    before: str | None = strawberry.field(
        description="Value before; null where values are not kept, as with personal data"
    )
    after: str | None = strawberry.field(description="Value since; null where values are not kept")


@strawberry.type(
    description="One change of people, teams, organizations or rights; only administrators see it."
)
class PeopleEvent(Node, visible=visible_people_events):
    row: strawberry.Private[models.PeopleEvent]
    number: int = column(description="Place of the event in the history, from 1 on")
    kind: PeopleEventKind = column(description="What was changed")
    occurred_at: datetime = column(description="Timestamp of when it was changed")
    role: Role | None = column(description="Role that was granted or revoked; null for none")
    actor: Person | None = relation(
        "actor_id", description="Person who changed it; null for the help desk itself"
    )
    person: Person | None = relation(
        "person_id", description="Person whom it is about; null for none"
    )
    team: Team | None = relation("team_id", description="Team that it is about; null for none")
    organization: Organization | None = relation(
        "organization_id", description="Organization that it is about; null for none"
    )

    @computed(description="Values that were changed", needs=("details",), at_most=10)
    def changes(self, info: Info) -> list[PeopleEventChange]:
        told: Any = self.row.details.get("changes") or []
        return [
            PeopleEventChange(
                field=change["field"], before=change.get("before"), after=change.get("after")
            )
            for change in told
        ]
