"""Measures, their groups and the backlog as the schema shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

import strawberry

from api.catalog import Service
from api.connections import (
    After,
    Before,
    Connection,
    First,
    Last,
    Ordering,
    page_of,
    page_through,
)
from api.context import Info
from api.fields import computed, shown
from api.measures.drawings import backlog_saying
from api.measures.figures import (
    MeasuredClock,
    MeasuredNumbers,
    MeasuredShare,
    MeasuredTime,
    Opportunities,
    SigmaLevel,
)
from api.people import Organization, Team
from foredesk.measures.backlog import BacklogDay as Day
from foredesk.measures.definitions import FEW, MEANINGS, WHEN, WHICH
from foredesk.measures.drawing import draw_backlog
from foredesk.measures.facts import Cut
from foredesk.measures.figures import Figures, figures_of, sigma_of
from foredesk.measures.measure import Group, Measures
from foredesk.measures.names import names_of
from foredesk.measures.periods import MOST_PERIODS
from foredesk.measures.sigma import Defect
from foredesk.measures.table import backlog_csv, figures_csv
from foredesk.sla.priority import Priority
from foredesk.sla.proposal import MOST_CLOCKS

IN_ORDER = Ordering("position", descending=False, read=int, is_unique=True)


@dataclass(frozen=True)
class GroupRow:
    """A group in its place, so that groups can be paged through."""

    position: int
    group: Group
    by: Cut | None

    @property
    def id(self) -> UUID:
        return UUID(int=self.position)

    @cached_property
    def figures(self) -> Figures:
        return figures_of(self.group.tally)


@strawberry.type(description="Figures of one value of the cut in one period.")
class MeasureGroup:
    row: strawberry.Private[GroupRow]

    @computed(description="Timestamp of when the period began")
    def started_at(self) -> datetime:
        return self.row.group.span.start

    @computed(description="Timestamp of when the period ends, excluded")
    def ended_at(self) -> datetime:
        return self.row.group.span.end

    @computed(description="Indicates that the period is over")
    def is_complete(self) -> bool:
        return self.row.group.is_complete

    @computed(description="Indicates that these are all smaller values of the cut together")
    def is_rest(self) -> bool:
        return self.row.group.is_rest

    @computed(description="Organization; null unless cut by it, or hidden")
    async def organization(self, info: Info) -> Organization | None:
        found: Organization | None = await shown(info, Organization, self._value(Cut.ORGANIZATION))
        return found

    @computed(description="Service; null unless cut by it, without one, or hidden")
    async def service(self, info: Info) -> Service | None:
        found: Service | None = await shown(info, Service, self._value(Cut.SERVICE))
        return found

    @computed(description="Team; null unless cut by it, without one, or hidden")
    async def team(self, info: Info) -> Team | None:
        found: Team | None = await shown(info, Team, self._value(Cut.TEAM))
        return found

    @computed(description="Category; null unless cut by it, or without one")
    def category(self) -> str | None:
        value = self._value(Cut.CATEGORY)
        return str(value) if value else None

    @computed(description="Priority; null unless cut by it")
    def priority(self) -> Priority | None:
        value = self._value(Cut.PRIORITY)
        return Priority(str(value)) if value else None

    @computed(description="Number of tickets that were opened")
    def opened_count(self) -> int:
        return self.row.figures.opened

    @computed(description="Number of those that came from another desk")
    def imported_count(self) -> int:
        return self.row.figures.imported

    @computed(description="Number of tickets that were solved, and still are")
    def resolved_count(self) -> int:
        return self.row.figures.resolved

    @computed(description="Number of solved tickets that may still come back within the window")
    def undecided_count(self) -> int:
        return self.row.figures.undecided

    @computed(description="Promises by clock", at_most=MOST_CLOCKS)
    def clocks(self) -> list[MeasuredClock]:
        return [MeasuredClock(clock=clock) for clock in self.row.figures.clocks]

    @computed(description="Time to the first public reply, or the solution (MTTA)")
    def acknowledgement(self) -> MeasuredTime:
        return MeasuredTime(times=self.row.figures.acknowledgement)

    @computed(description="Time to the solution that stands (MTTR)")
    def resolution(self) -> MeasuredTime:
        return MeasuredTime(times=self.row.figures.resolution)

    @computed(description="Share solved by the first public reply that did not come back")
    def first_contact_resolution(self) -> MeasuredShare:
        return MeasuredShare(share=self.row.figures.first_contact)

    @computed(description="Share that was refused or reopened within the window")
    def came_back(self) -> MeasuredShare:
        return MeasuredShare(share=self.row.figures.came_back)

    @computed(description="Changes of team or assignee after the first assignment, by ticket")
    def hand_offs(self) -> MeasuredNumbers:
        return MeasuredNumbers(summary=self.row.figures.hand_offs)

    @computed(description="Share of the solved tickets without a hand-off")
    def without_hand_off(self) -> MeasuredShare:
        return MeasuredShare(share=self.row.figures.without_hand_off)

    @computed(description="Defects per million opportunities, and the sigma level")
    def sigma_level(self, opportunities: Opportunities = strawberry.UNSET) -> SigmaLevel:
        return SigmaLevel(sigma=sigma_of(self.row.group.tally, opportunities or tuple(Defect)))

    def _value(self, cut: Cut) -> object:
        return self.row.group.value if self.row.by is cut else None


@strawberry.type(description="What one figure means.")
class MeasureDefinition:
    name: str = strawberry.field(description="Name of the figure")
    text: str = strawberry.field(description="What it means, in words")


@strawberry.type(description="What came, what went, and what was open at the end of a day.")
class BacklogDay:
    row: strawberry.Private[Day]

    @computed(description="The day, in the zone of the measures")
    def day(self) -> date:
        return self.row.day

    @computed(description="Number of tickets that were opened")
    def opened_count(self) -> int:
        return self.row.opened

    @computed(description="Number of times that a solved ticket was refused or reopened")
    def came_back_count(self) -> int:
        return self.row.came_back

    @computed(description="Number of solutions")
    def resolved_count(self) -> int:
        return self.row.resolved

    @computed(description="Number of tickets that are neither resolved nor closed at its end")
    def open_at_end_count(self) -> int:
        return self.row.open_at_end

    @computed(description="Indicates that the day is over")
    def is_complete(self) -> bool:
        return self.row.is_complete


@strawberry.type(description="What is open, day by day.")
class MeasuredBacklog:
    measures: strawberry.Private[Measures]

    @computed(description="The days, oldest first", at_most=MOST_PERIODS)
    def days(self) -> list[BacklogDay]:
        return [BacklogDay(row=day) for day in self.measures.backlog]

    @computed(description="The days as CSV")
    def csv(self) -> str:
        return backlog_csv(self.measures)

    @computed(description="The days as a drawing (SVG), for a page that has them as a table too")
    def svg(self) -> str:
        return draw_backlog(self.measures.backlog, backlog_saying(self.measures))


@strawberry.type(description="Figures of the service in a time, over tickets of the viewer.")
class ServiceMeasures:
    measures: strawberry.Private[Measures]

    @computed(description="Timestamp of when the time began: with periods, that of the first")
    def started_at(self) -> datetime:
        return self.measures.window.since

    @computed(description="Timestamp of when the time ends, excluded")
    def ended_at(self) -> datetime:
        return self.measures.window.until

    @computed(description="Zone of the days, weeks and months")
    def time_zone(self) -> str:
        return self.measures.window.zone.key

    @computed(description="Days in which a solved ticket may come back to count as not solved")
    def reopen_window_days(self) -> int:
        return self.measures.reopen_window_days

    @computed(description="Number of tickets that were opened in the time")
    def opened_count(self) -> int:
        return self.measures.opened

    @computed(description="Number of those that came from another desk")
    def imported_count(self) -> int:
        return self.measures.imported

    @computed(description="What the figures mean", at_most=len(MEANINGS) + 3)
    def definitions(self) -> list[MeasureDefinition]:
        general = {"time": WHEN, "tickets": WHICH, "few": FEW}
        return [
            MeasureDefinition(name=name, text=text)
            for name, text in {**general, **MEANINGS}.items()
        ]

    @computed(
        description="Figures by period, and in it by value of the cut, the one with the most "
        "tickets first; values beyond the twentieth are together"
    )
    def groups(
        self,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[MeasureGroup]:
        page = page_of(first, after, last, before)
        rows = [
            GroupRow(position, group, self.measures.by)
            for position, group in enumerate(self.measures.groups)
        ]
        return Connection(
            slice=page_through(rows, IN_ORDER, page), make=lambda row: MeasureGroup(row=row)
        )

    @computed(description="All groups as CSV, a line for each figure")
    async def csv(self, info: Info) -> str:
        values = {group.value for group in self.measures.groups}
        names = await names_of(info.context.viewer, self.measures.by, values)
        return figures_csv(self.measures, names)

    @computed(description="What is open, day by day")
    def backlog(self) -> MeasuredBacklog:
        return MeasuredBacklog(measures=self.measures)
