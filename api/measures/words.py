"""Words: the enums of the measures, named before any type uses them."""

from api.enums import describe
from foredesk.measures.chart import Charted
from foredesk.measures.control import ChartKind, Signal
from foredesk.measures.definitions import CHARTED, DEFECTS
from foredesk.measures.facts import Cut
from foredesk.measures.periods import Period
from foredesk.measures.sigma import Defect

describe(
    Cut,
    "What figures are cut by: what the ticket has now.",
    {
        "ORGANIZATION": "Organization that the ticket is from.",
        "SERVICE": "Service that it is about.",
        "TEAM": "Team that has it.",
        "CATEGORY": "Category.",
        "PRIORITY": "Priority.",
    },
    name="MeasureCut",
)
describe(
    Period,
    "Period of figures, in their zone.",
    {"DAY": "Day.", "WEEK": "Week, from Monday on.", "MONTH": "Month of the calendar."},
    name="MeasurePeriod",
)
describe(
    Defect,
    "What can go wrong once with each ticket.",
    {defect.name: DEFECTS[defect] for defect in Defect},
    name="ServiceDefect",
)
describe(
    Charted,
    "What a control chart shows: shares on a p-chart, all others on an individuals chart.",
    {measure.name: f"{CHARTED[measure]}." for measure in Charted},
    name="ChartedMeasure",
)
describe(
    ChartKind,
    "Kind of a control chart.",
    {
        "INDIVIDUALS": "XmR chart: limits are the mean ± 2.66 × the mean moving range.",
        "SHARES": "p-chart: limits are three sigma of the binomial distribution, by subgroup.",
    },
    name="ControlChartKind",
)
describe(
    Signal,
    "Why a point is no chance.",
    {
        "BEYOND_LIMITS": "It is beyond three sigma (Nelson's rule 1).",
        "NINE_ON_ONE_SIDE": "It is of nine or more in a row on one side of the center "
        "(Nelson's rule 2).",
    },
    name="ControlSignal",
)
