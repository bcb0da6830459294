"""Payloads of the acts on calendars and agreements: what was acted on, or why not."""

from typing import Annotated

import strawberry

from api.agreements.calendars import Calendar
from api.agreements.files import AgreementDifference, Outcome
from api.management.payloads import Refused, RefusedOrStale
from api.management.words import reason, reasons, result
from api.service_levels import ServiceLevelAgreement

DefineCalendarError = Annotated[
    Refused, reason("DefineCalendarError", "the calendar was not defined")
]


@strawberry.type(description="Result of defineCalendar.")
class DefineCalendarPayload:
    calendar: Calendar | None = result("calendar")
    errors: list[DefineCalendarError] = reasons()


ReviseCalendarError = Annotated[
    RefusedOrStale, reason("ReviseCalendarError", "the calendar was not revised")
]


@strawberry.type(description="Result of reviseCalendar.")
class ReviseCalendarPayload:
    calendar: Calendar | None = result("calendar")
    errors: list[ReviseCalendarError] = reasons()


TakeHolidaysError = Annotated[
    RefusedOrStale, reason("TakeHolidaysError", "the holidays were not taken")
]


@strawberry.type(description="Result of takeHolidays.")
class TakeHolidaysPayload:
    calendar: Calendar | None = result("calendar")
    errors: list[TakeHolidaysError] = reasons()


ImportCalendarError = Annotated[
    RefusedOrStale, reason("ImportCalendarError", "the file was not imported")
]


@strawberry.type(description="Result of importCalendar.")
class ImportCalendarPayload:
    calendar: Calendar | None = result("calendar")
    errors: list[ImportCalendarError] = reasons()


DefineAgreementError = Annotated[
    Refused, reason("DefineAgreementError", "the agreement was not defined")
]


@strawberry.type(description="Result of defineAgreement.")
class DefineAgreementPayload:
    agreement: ServiceLevelAgreement | None = result("agreement")
    errors: list[DefineAgreementError] = reasons()


ReviseAgreementError = Annotated[
    RefusedOrStale, reason("ReviseAgreementError", "the agreement was not revised")
]


@strawberry.type(description="Result of reviseAgreement.")
class ReviseAgreementPayload:
    agreement: ServiceLevelAgreement | None = result("agreement")
    errors: list[ReviseAgreementError] = reasons()


ImportAgreementError = Annotated[
    Refused, reason("ImportAgreementError", "the file was not imported")
]


@strawberry.type(description="Result of importAgreement.")
class ImportAgreementPayload:
    agreement: ServiceLevelAgreement | None = result("agreement")
    outcome: Outcome | None = strawberry.field(
        description="What came of it; null when errors is not empty, and for a repetition"
    )
    differences: list[AgreementDifference] = strawberry.field(
        description="What it changed of an agreement that was there",
        metadata={"at_most": 500},
    )
    errors: list[ImportAgreementError] = reasons()
