"""Terms: what one version of an agreement says."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import strawberry

from api.agreements.calendars import Calendar
from api.context import Info
from api.enums import describe
from api.fields import column, computed, relation
from api.people import Person, Team
from api.rows import Row
from foredesk.people.policy import Act, may
from foredesk.people.roles import Role
from foredesk.sla import models, queries
from foredesk.sla.definitions import Level
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.priority import Priority
from foredesk.tickets.models import TicketKind

describe(
    Level,
    "What a clock reaches.",
    {
        "WARNING": "A share of its target.",
        "TARGET": "What we aim at.",
        "MINIMUM": "What the customer may count on.",
    },
    name="ClockLevel",
)

MOST_VERSIONS, MOST_CLOCKS, MOST_TARGETS, MOST_RULES = 10, 12, 80, 20
MANAGED = "; {} unless the viewer manages agreements"


@strawberry.type(description="What an agreement promises for one clock and priority.")
class ServiceLevelTarget(Row, visible=queries.shown_targets):
    row: strawberry.Private[models.AgreementTarget]
    clock: str = column(description="Name of the clock")
    priority: Priority = column(description="Priority of the tickets that it holds for")
    target_seconds: int = column(description="Working time that we aim at")
    minimum_seconds: int | None = column(
        description="Working time that the customer may count on; null for none"
    )

    @computed(description="Kind of the requests that it holds for; null for any", needs=("kind",))
    def kind(self) -> TicketKind | None:
        return TicketKind(self.row.kind) if self.row.kind else None


@strawberry.type(description="Clock of an agreement: which events move it.")
class AgreementClock(Row, visible=queries.shown_clocks):
    row: strawberry.Private[models.AgreementClock]
    name: str = column(description="Name of the clock, such as resolution")
    title: str = column(description="Title of the clock, for people")
    pause: list[str] = column(
        description="States in which it stands still, with their reason: waiting:requester"
    )
    warnings: list[int] = column(description="Percents of the target at which a warning is due")
    continue_within_seconds: int | None = column(
        description="Time after its end in which it goes on; later it begins anew; null for always"
    )
    team: Team | None = relation(
        "team_id",
        description="Team whose time it counts: an operational target; null for everybody's",
    )

    @computed(description="Events that start it", needs=("start",), at_most=20)
    def start(self) -> list[ClockEventKind]:
        return [ClockEventKind(kind) for kind in self.row.start]

    @computed(description="Events that stop it", needs=("stop",), at_most=20)
    def stop(self) -> list[ClockEventKind]:
        return [ClockEventKind(kind) for kind in self.row.stop]

    @computed(description="Events that let it go on", needs=("restart",), at_most=20)
    def restart(self) -> list[ClockEventKind]:
        return [ClockEventKind(kind) for kind in self.row.restart]

    @computed(
        description="Events that end a cycle and begin the next", needs=("cycle",), at_most=20
    )
    def cycle(self) -> list[ClockEventKind]:
        return [ClockEventKind(kind) for kind in self.row.cycle]


@strawberry.type(description="What each missed minimum of a clock costs.")
class AgreementPenalty(Row):
    row: strawberry.Private[models.AgreementPenalty]
    clock: str = column(description="Name of the clock")
    priority: Priority | None = column(description="Priority that it holds for; null for all")

    @computed(
        description="Amount for each miss, such as 250; null if it is a percentage",
        needs=("amount",),
    )
    def amount(self) -> str | None:
        return money(self.row.amount)

    @computed(
        description="Percent of the monthly fee for each miss; null if it is an amount",
        needs=("percent",),
    )
    def percent(self) -> str | None:
        return money(self.row.percent)

    @computed(
        description="Most that it costs in a month; null for no limit", needs=("monthly_cap",)
    )
    def monthly_cap(self) -> str | None:
        return money(self.row.monthly_cap)


@strawberry.type(description="Who takes over or is told when a clock reaches a level.")
class AgreementEscalation(Row):
    row: strawberry.Private[models.AgreementEscalation]
    clock: str = column(description="Name of the clock")
    level: Level = column(description="What it reaches")
    percent: int | None = column(description="Percent of the warning; null for other levels")
    priority: Priority | None = column(description="Priority that it holds for; null for all")
    role: Role | None = column(description="Role whose people are told; null for none")
    team: Team | None = relation(
        "team_id", description="Team that takes over; null for none, or hidden"
    )
    person: Person | None = relation(
        "person_id", description="Person who is told; null for none, or hidden"
    )


@strawberry.type(description="Terms of an agreement from one time on, until the next version.")
class AgreementVersion(Row):
    row: strawberry.Private[models.AgreementVersion]
    number: int = column(description="Number of the version, counted from 1")
    begins_at: datetime = column("valid_from", description="Timestamp of when the version begins")
    calendar: Calendar | None = relation(
        "calendar_id", description="Calendar whose hours count; null if hidden"
    )

    @computed(
        description="Clocks that it promises something for; operational ones for agents only",
        needs=("id",),
        at_most=MOST_CLOCKS,
    )
    async def clocks(self, info: Info) -> list[AgreementClock]:
        return [AgreementClock(row=row) for row in await _clocks(self, info)]

    @computed(
        description="What it promises, by clock and target, the first 80; operational targets "
        "for agents only",
        needs=("id",),
        at_most=MOST_TARGETS,
    )
    async def targets(self, info: Info) -> list[ServiceLevelTarget]:
        shown = {clock.name for clock in await _clocks(self, info)}
        order = ("clock", "target_seconds")
        loader = info.context.loaders.referring(ServiceLevelTarget, "version_id", order)
        rows = await loader.load(self.row.id)
        seen = [row for row in rows if row.clock in shown]
        return [ServiceLevelTarget(row=row) for row in seen[:MOST_TARGETS]]

    @computed(
        description="Currency of fee and penalties, such as EUR" + MANAGED.format("null"),
        needs=("currency",),
    )
    def currency(self, info: Info) -> str | None:
        return self.row.currency if _manages(info) else None

    @computed(description="Monthly fee" + MANAGED.format("null"), needs=("monthly_fee",))
    def monthly_fee(self, info: Info) -> str | None:
        return money(self.row.monthly_fee) if _manages(info) else None

    @computed(
        description="Most that all penalties of a month cost" + MANAGED.format("null"),
        needs=("penalty_cap",),
    )
    def penalty_cap(self, info: Info) -> str | None:
        return money(self.row.penalty_cap) if _manages(info) else None

    @computed(
        description="The same in percent of the monthly fee" + MANAGED.format("null"),
        needs=("penalty_cap_percent",),
    )
    def penalty_cap_percent(self, info: Info) -> str | None:
        return money(self.row.penalty_cap_percent) if _manages(info) else None

    @computed(
        description="What missed minimums cost, the first 20" + MANAGED.format("empty"),
        needs=("id",),
        at_most=MOST_RULES,
    )
    async def penalties(self, info: Info) -> list[AgreementPenalty]:
        return [AgreementPenalty(row=row) for row in await _rules(self, info, AgreementPenalty)]

    @computed(
        description="Who takes over or is told, and when, the first 20" + MANAGED.format("empty"),
        needs=("id",),
        at_most=MOST_RULES,
    )
    async def escalations(self, info: Info) -> list[AgreementEscalation]:
        rows = await _rules(self, info, AgreementEscalation)
        return [AgreementEscalation(row=row) for row in rows]


def money(value: Decimal | None) -> str | None:
    """Without zeros that say nothing."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return format(whole if whole == value else value.normalize(), "f")


async def _clocks(version: AgreementVersion, info: Info) -> list[models.AgreementClock]:
    """What teams promise one another is none of the customer's business."""
    loader = info.context.loaders.referring(AgreementClock, "version_id", ("position",))
    rows = await loader.load(version.row.id)
    is_agent = info.context.viewer.is_agent
    return [row for row in rows if row.team_id is None or is_agent]


async def _rules(version: AgreementVersion, info: Info, kind: Any) -> list[Any]:
    if not _manages(info):
        return []
    loader = info.context.loaders.referring(kind, "version_id", ("position",))
    return list(await loader.load(version.row.id))[:MOST_RULES]


def _manages(info: Info) -> bool:
    return may(info.context.viewer, Act.MANAGE_AGREEMENTS)
