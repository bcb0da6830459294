"""What the figures are called in the portal, and how they are said."""

from collections.abc import Callable, Mapping
from datetime import date

from babel.dates import format_skeleton

from foredesk.estimates import Estimate
from foredesk.measures.chart import SHARES, TIMES, Charted, MeasuredChart
from foredesk.measures.control import Signal
from foredesk.measures.drawing import Saying
from foredesk.measures.facts import RESOLUTION, RESPONSE, Cut
from foredesk.measures.measure import Measures
from foredesk.measures.periods import Period
from foredesk.sla.definitions import NEXT_UPDATE
from portal.words import Words, marked

CLOCKS: Mapping[str, str] = {
    RESPONSE: marked("First answer"),
    RESOLUTION: marked("Solution"),
    NEXT_UPDATE: marked("Next update"),
}
CUTS: Mapping[Cut, str] = {
    Cut.ORGANIZATION: marked("Company"),
    Cut.SERVICE: marked("Service"),
    Cut.TEAM: marked("Team"),
    Cut.CATEGORY: marked("Category"),
    Cut.PRIORITY: marked("Priority"),
}
PERIODS: Mapping[Period, str] = {
    Period.DAY: marked("Day"),
    Period.WEEK: marked("Week"),
    Period.MONTH: marked("Month"),
}
CHARTED: Mapping[Charted, str] = {
    Charted.TARGET_MET: marked("Promises kept by their target"),
    Charted.MINIMUM_MET: marked("Promises kept by their minimum"),
    Charted.FIRST_CONTACT_RESOLUTION: marked("Solved by the first reply"),
    Charted.CAME_BACK: marked("Came back after it was solved"),
    Charted.TIME_TO_ACKNOWLEDGE: marked("Median hours to the first reply"),
    Charted.TIME_TO_RESOLVE: marked("Median hours to the solution"),
    Charted.OPENED: marked("Requests opened"),
    Charted.RESOLVED: marked("Requests solved"),
    Charted.OPEN_AT_END: marked("Requests open at the end"),
}
SIGNALS: Mapping[Signal, str] = {
    Signal.BEYOND_LIMITS: marked("beyond the limits"),
    Signal.NINE_ON_ONE_SIDE: marked("nine in a row on one side"),
}


def clock_name(name: str, words: Words) -> str:
    return words(CLOCKS[name]) if name in CLOCKS else name.replace("_", " ")


def percent(words: Words, share: float) -> str:
    return words("%(number)s %%", number=words.number(round(100 * share, 1)))


def interval(words: Words, estimate: Estimate) -> str:
    """Empty for too few."""
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = (words.number(round(100 * one)) for one in (estimate.low, estimate.high))
    return words("%(low)s to %(high)s %%", low=low, high=high)


def duration(words: Words, seconds: float) -> str:
    if seconds < 3600:
        return words("%(number)s min", number=words.number(round(seconds / 60)))
    return words("%(number)s h", number=words.number(round(seconds / 3600, 1)))


def short_day(words: Words, day: date) -> str:
    return format_skeleton("MMMd", day, locale=words.locale)


def chart_saying(words: Words, measured: MeasuredChart) -> Saying:
    signals = sum(map(bool, measured.chart.signals))
    said = words.count("%(number)s signal.", "%(number)s signals.", signals)
    return Saying(
        key="control",
        title=words(CHARTED[measured.measure]),
        description=said if measured.chart.center is not None else words("Too few for limits."),
        day=lambda day: short_day(words, day),
        value=charted_value(words, measured.measure),
        signal=words("Signal"),
    )


def charted_value(words: Words, measure: Charted) -> Callable[[float], str]:
    if measure in SHARES:
        return lambda value: percent(words, value)
    if measure in TIMES:
        return lambda value: words("%(number)s h", number=words.number(round(value, 1)))
    return lambda value: words.number(round(value, 1))


def backlog_saying(words: Words, measures: Measures) -> Saying:
    return Saying(
        key="backlog",
        title=words("Requests open at the end of each day"),
        description=words.count(
            "%(number)s is open at the end.",
            "%(number)s are open at the end.",
            measures.backlog[-1].open_at_end,
        ),
        day=lambda day: short_day(words, day),
        value=lambda value: words.number(round(value, 1)),
    )
