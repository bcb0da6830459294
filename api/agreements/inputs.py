"""Inputs of the acts on calendars and agreements."""

from datetime import date, datetime

import strawberry

from api.agreements.files import FileFormat
from api.management.words import KEY, VERSION, optional, required
from foredesk.people.roles import Role
from foredesk.sla.definitions import Level
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.hours import Weekday
from foredesk.sla.priority import Priority
from foredesk.tickets.models import TicketKind

CALENDAR, AGREEMENT = "Calendar to act on", "Agreement to act on"
BEGINS = "Start of the new version; now if left out, and never in the past"


@strawberry.input(description="When a day of the week is open.")
class WeekdayOpeningsInput:
    weekday: Weekday = required("Day of the week")
    openings: list[str] = required("Times that begin on the day, such as 09:00-12:30, at most 20")


@strawberry.input(description="Date that differs from the usual week.")
class CalendarExceptionInput:
    day: date = strawberry.field(name="date", description="Date of the exception")
    openings: list[str] = required("Times that begin on the date; none to close it")
    name: str = strawberry.field(default="", description="Name, such as Christmas Day")


@strawberry.input(description="Input of defineCalendar.")
class DefineCalendarInput:
    name: str = required("Name, 1 to 120 characters, that no other calendar has")
    time_zone: str = required("Time zone of the hours, such as Europe/Berlin")
    week: list[WeekdayOpeningsInput] = required("Usual week; days that are left out are closed")
    exceptions: list[CalendarExceptionInput] | None = optional("Dates that differ, at most 100")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of reviseCalendar. What is left out stays as it is.")
class ReviseCalendarInput:
    calendar_id: strawberry.ID = required(CALENDAR)
    time_zone: str | None = optional("Time zone of the hours, such as Europe/Berlin")
    week: list[WeekdayOpeningsInput] | None = optional(
        "Usual week, as a whole; days that are left out are closed"
    )
    exceptions: list[CalendarExceptionInput] | None = optional(
        "Dates to add or to change, at most 100"
    )
    usual_dates: list[date] | None = optional("Dates that are exceptions no more, at most 100")
    begins_at: datetime | None = optional(BEGINS)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Country, region, categories and years of public holidays.")
class HolidaySourceInput:
    country: str | None = optional(
        "Country by ISO 3166-1, such as DE; only plugins are asked if left out"
    )
    region: str | None = optional("Region, such as BE")
    categories: list[str] | None = optional(
        "Categories, such as public and unofficial; public if left out"
    )
    years: list[int] = required("Years, at most 10")


@strawberry.input(description="Input of takeHolidays.")
class TakeHolidaysInput:
    calendar_id: strawberry.ID = required(CALENDAR)
    source: HolidaySourceInput = required("Where the holidays come from")
    dates: list[date] | None = optional(
        "Dates to take, at most 400; all but observances if left out"
    )
    half_days: list[CalendarExceptionInput] | None = optional(
        "Times that stay open on some of the dates, at most 100"
    )
    language: str = strawberry.field(default="en", description="Language of the names")
    begins_at: datetime | None = optional(BEGINS)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of importCalendar.")
class ImportCalendarInput:
    calendar_id: strawberry.ID = required(CALENDAR)
    text: str = required("Text of an iCalendar file")
    until: date | None = optional("Day before which events count; two years ahead if left out")
    dates: list[date] | None = optional(
        "Dates to take, at most 2000; all but observances if left out"
    )
    begins_at: datetime | None = optional(BEGINS)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="What is promised for one clock and priority, in working time.")
class ServiceLevelTargetInput:
    clock: str = required("Name of the clock: response, resolution, next_update or one's own")
    priority: Priority = required("Priority that it holds for")
    kind: TicketKind | None = optional("Kind of requests that it holds for; any if left out")
    target_seconds: int = required("Working time that we aim at, at least 60")
    minimum_seconds: int | None = optional("Working time that the customer may count on")


@strawberry.input(description="Clock that is not built in, or is to be otherwise.")
class AgreementClockInput:
    name: str = required("Name: lower-case letters, digits, underscores, at most 32")
    title: str = required("Title for people, 1 to 80 characters")
    start: list[ClockEventKind] = required("Events that start it")
    stop: list[ClockEventKind] = required("Events that stop it")
    restart: list[ClockEventKind] | None = optional("Events that let it go on")
    cycle: list[ClockEventKind] | None = optional("Events that end a cycle and begin the next")
    pause: list[str] | None = optional(
        "States in which it stands still, with their reason; waiting:requester if left out"
    )
    warnings: list[int] | None = optional("Percents of the target to warn at; 75 if left out")
    continue_within_seconds: int | None = optional(
        "Time after its end in which it goes on; always if left out"
    )
    team_id: strawberry.ID | None = optional("Team whose time it counts; everybody's if left out")


@strawberry.input(description="What each missed minimum of a clock costs.")
class AgreementPenaltyInput:
    clock: str = required("Name of the clock")
    priority: Priority | None = optional("Priority that it holds for; all if left out")
    amount: str | None = optional("Amount for each miss, such as 250, or else give the percent")
    percent: str | None = optional("Percent of the monthly fee for each miss, such as 2.5")
    monthly_cap: str | None = optional("Most that it costs in a month")


@strawberry.input(description="What penalties are reckoned in, and their limits for a month.")
class BillingInput:
    currency: str = required("Currency, such as EUR")
    monthly_fee: str | None = optional("Monthly fee, such as 12000")
    penalty_cap: str | None = optional("Most that all penalties of a month cost")
    penalty_cap_percent: str | None = optional("The same in percent of the monthly fee")


@strawberry.input(
    description="Who takes over or is told when a clock reaches a level: one of team, person, role."
)
class AgreementEscalationInput:
    clock: str = required("Name of the clock")
    level: Level = required("What it reaches")
    percent: int | None = optional("Percent of the warning; left out for other levels")
    priority: Priority | None = optional("Priority that it holds for; all if left out")
    team_id: strawberry.ID | None = optional("Team that takes over")
    person_id: strawberry.ID | None = optional("Person who is told")
    role: Role | None = optional("Role whose people are told")


@strawberry.input(description="What a version of an agreement says.")
class AgreementTermsInput:
    calendar_id: strawberry.ID = required("Calendar whose hours count")
    targets: list[ServiceLevelTargetInput] = required("What is promised, at most 100")
    clocks: list[AgreementClockInput] | None = optional(
        "Clocks of one's own, and built-in ones that are to be otherwise, at most 12"
    )
    penalties: list[AgreementPenaltyInput] | None = optional("What missed minimums cost")
    billing: BillingInput | None = optional("What penalties are reckoned in")
    escalations: list[AgreementEscalationInput] | None = optional("Who takes over or is told")


@strawberry.input(description="Input of defineAgreement.")
class DefineAgreementInput:
    name: str = required("Name, 1 to 120 characters")
    organization_id: strawberry.ID | None = optional(
        "Organization that it is made with; everybody if left out, for administrators"
    )
    service_id: strawberry.ID | None = optional("Service that it is about; any if left out")
    kind: TicketKind | None = optional("Kind of requests that it is about; any if left out")
    terms: AgreementTermsInput = required("What its first version says")
    begins_at: datetime | None = optional("Start of the version; now if left out")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of reviseAgreement.")
class ReviseAgreementInput:
    agreement_id: strawberry.ID = required(AGREEMENT)
    terms: AgreementTermsInput = required("What the new version says, as a whole")
    begins_at: datetime | None = optional(BEGINS)
    expected_version: int | None = optional(
        "Number of the newest version that the client has read; a StaleVersion error if there is "
        "a newer one"
    )
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of importAgreement.")
class ImportAgreementInput:
    text: str = required("Text of an agreement file: see agreement-files.md")
    format: FileFormat | None = optional("How it is written; found out if left out")
    begins_at: datetime | None = optional(BEGINS)
    idempotency_key: str | None = optional(KEY)
