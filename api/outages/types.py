"""Reasons for outage as the schema shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

import strawberry

from api.connections import Connection, Ordering, pages
from api.context import Info
from api.fields import column, computed, relation
from api.node import Node
from api.people import Person
from api.rows import Row
from foredesk.outages import models, queries
from foredesk.outages.content import MOST_ACTIONS, MOST_ENTRIES, Moment
from foredesk.outages.markdown import as_markdown
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import OutageReportState

SHOWN_ACTIONS = 2 * MOST_ACTIONS
"""Those of a version, and those that were done before it."""


@strawberry.type(description="Something that is done so that an outage does not happen again.")
class OutageAction(Node, visible=queries.visible_actions):
    row: strawberry.Private[models.OutageAction]
    what: str = column(description="What is done")
    due_on: date = column(description="Day by which it is done")
    done_at: datetime | None = column(
        description="Timestamp of when it was done; null if it is not"
    )
    owner: Person | None = relation(
        "owner_id", description="Agent who does it; null if hidden from the viewer"
    )
    done_by: Person | None = relation(
        "done_by_id", description="Agent who said that it is done; null if it is not, or if hidden"
    )


@strawberry.type(description="Something that happened in an outage, in words for the customer.")
class OutageMoment:
    moment: strawberry.Private[Moment]

    @computed(description="Timestamp of when it happened")
    def occurred_at(self) -> datetime:
        return self.moment.at

    @computed(description="What happened")
    def text(self) -> str:
        return self.moment.text


@strawberry.type(description="What a reason for outage said once. Versions never change.")
class OutageReportVersion(Row, visible=queries.visible_versions):
    row: strawberry.Private[models.OutageReportVersion]
    number: int = column(description="Number of the version, from 1 on")
    summary: str = column(description="What failed, in one line")
    impact: str = column(description="Who was affected, and how; may be empty")
    cause: str = column(description="Why it happened; may be empty")
    workaround: str = column(description="What could be done in the meantime; may be empty")
    written_at: datetime = column(description="Timestamp of when it was written")
    written_by: Person | None = relation(
        "written_by_id", description="Agent who wrote it; null for the desk itself, or if hidden"
    )

    @computed(
        description="What happened when, oldest first", needs=("timeline",), at_most=MOST_ENTRIES
    )
    def timeline(self) -> list[OutageMoment]:
        return [OutageMoment(moment=one) for one in queries.moments(self.row)]

    @computed(
        description="What is done about it, as the version says",
        needs=("report_id", "number"),
        at_most=SHOWN_ACTIONS,
    )
    async def actions(self, info: Info) -> list[OutageAction]:
        rows = await _actions(info, self.row.report_id, self.row.number)
        return [OutageAction(row=row) for row in rows[:SHOWN_ACTIONS]]

    @computed(
        description="Why it was revised; empty unless the viewer handles the ticket",
        needs=("report_id", "note"),
    )
    async def note(self, info: Info) -> str:
        reports = info.context.loaders.column(models.OutageReport, "ticket_id")
        return self.row.note if await _handles(info, await reports.load(self.row.report_id)) else ""


@strawberry.enum(description="Something that a viewer may do to a reason for outage.")
class OutageReportPermission(Enum):
    REVISE = strawberry.enum_value("revise", description="reviseOutageReport")
    SEND = strawberry.enum_value("send", description="sendOutageReport")
    DISCARD = strawberry.enum_value("discard", description="discardOutageReport")
    COMPLETE_ACTION = strawberry.enum_value("complete", description="completeOutageAction")
    ACCEPT = strawberry.enum_value("accept", description="acceptOutageReport")
    REFUSE = strawberry.enum_value("refuse", description="refuseOutageReport")


@strawberry.type(description="Reason for outage: what the customer of a ticket is told of it.")
class OutageReport(Node, visible=queries.visible_to):
    row: strawberry.Private[models.OutageReport]
    state: OutageReportState = column(description="State of the report")
    sent_version: int | None = column(
        description="Version that the customer was sent last; null if none was"
    )
    drafted_at: datetime = column(description="Timestamp of when it was drafted")
    sent_at: datetime | None = column(
        description="Timestamp of when it was sent last; null if it was not"
    )
    answered_at: datetime | None = column(
        description="Timestamp of the customer's answer; null if there is none to what was sent"
    )
    answered_by: Person | None = relation(
        "answered_by_id", description="Who answered for the customer; null for nobody, or if hidden"
    )
    refusal: str = column(description="Why the customer refused it last; may be empty")
    comment: str = column(description="What the customer said accepting it; may be empty")
    versions: Connection[OutageReportVersion] = pages(
        "report_id",
        Ordering("number", descending=False, read=int, is_unique=True),
        description="Its versions, oldest first: all of them for those who handle the ticket, "
        "for others the one that was sent last",
    )

    @computed(description="Version that the viewer is to read, for expectedVersion")
    async def version(self, info: Info) -> int:
        return await _shown(info, self.row)

    @computed(description="What the report says: the newest version, or what the customer was sent")
    async def content(self, info: Info) -> OutageReportVersion | None:
        return OutageReportVersion.of(await _content(info, self.row))

    @computed(description="The same as Markdown, in the viewer's language and time zone")
    async def markdown(self, info: Info) -> str:
        viewer, loaders = info.context.viewer, info.context.loaders
        version = await _content(info, self.row)
        actions = await _actions(info, self.row.id, version.number)
        owners = await loaders.of(Person).load_many([one.owner_id for one in actions])
        numbers = loaders.column(Ticket, "number")
        return as_markdown(
            version,
            actions,
            {row.id: row.name for row in owners if row},
            number=await numbers.load(self.row.ticket_id),
            locale=viewer.locale,
            zone=viewer.time_zone,
        )

    @computed(description="What the viewer may do to it in its state")
    async def viewer_permissions(self, info: Info) -> list[OutageReportPermission]:
        ticket = await Ticket.get(id=self.row.ticket_id)
        allowed = queries.possible(info.context.viewer, ticket, self.row)
        return [one for one in OutageReportPermission if str(one.value) in allowed]


async def _content(info: Info, report: models.OutageReport) -> models.OutageReportVersion:
    return await queries.version_of(report, await _shown(info, report))


async def _shown(info: Info, report: models.OutageReport) -> int:
    is_for_agents = await _handles(info, report.ticket_id)
    return queries.shown_version(report, is_for_agents=is_for_agents) or report.version


async def _actions(info: Info, report_id: Any, number: int) -> Sequence[models.OutageAction]:
    loader = info.context.loaders.referring(OutageAction, "report_id", ("position", "id"))
    return queries.of_version(await loader.load(report_id), number)


async def _handles(info: Info, ticket_id: Any) -> bool:
    if not info.context.viewer.is_agent:
        return False
    return await info.context.loaders.handled.load(ticket_id)
