"""Definitions: what each figure means, in words that go with it wherever it is shown."""

from collections.abc import Mapping

from foredesk.measures.chart import Charted
from foredesk.measures.sigma import Defect

WHEN = (
    "Each figure counts what was decided in the period: a promise when its clock stopped in time "
    "or its time was over, an answer when it was given, a solution when it was given."
)
WHICH = "Merged tickets are left out; imported ones are counted and marked."
FEW = (
    "Fewer than 5 give no figure, fewer than 10 no 90th percentile, fewer than 10 periods no "
    "limits: null, not enough data."
)

MEANINGS: Mapping[str, str] = {
    "met": "Share of the decided promises of a clock that were kept, with Wilson's 95 % interval. "
    "The target is what is aimed at, the minimum what the customer may count on. Each cycle of a "
    "clock is a promise of its own.",
    "misses": "Business time by which the clocks that have stopped were too late.",
    "acknowledgement": "From the recording to the first public reply, or to the solution if there "
    "was none before (MTTA is the mean). Clock time runs day and night; business time is that of "
    "the response clock: the agreement's hours without pauses.",
    "resolution": "From the recording to the solution that stands (MTTR is the mean). Clock time "
    "runs day and night, pauses included; business time is that of the resolution clock.",
    "first_contact_resolution": "Share of the solved tickets whose first public reply was the "
    "solution, and that did not come back within the window.",
    "came_back": "Share of the solved tickets that were refused or reopened within the window "
    "after they were solved for the first time. Tickets whose window is still open are not "
    "counted yet.",
    "hand_offs": "Changes of team or assignee after the first assignment, of each solved ticket.",
    "backlog": "Tickets that are neither resolved nor closed at the end of the day there.",
    "percentile": "The 90th percentile is by nearest rank: the smallest value that at least 90 % "
    "of all do not exceed. The median of an even number is the mean of the middle two.",
}

DEFECTS: Mapping[Defect, str] = {
    Defect.FIRST_RESPONSE_LATE: "The first response came after its minimum, or where none is "
    "promised, after its target.",
    Defect.RESOLUTION_LATE: "The solution came after its minimum, or where none is promised, "
    "after its target.",
    Defect.CAME_BACK: "The solution was refused, or the ticket reopened, within the window.",
    Defect.PASSED_AROUND: "The ticket changed its team or assignee twice or more.",
}

SIGMA = (
    "DPMO = defects ÷ (tickets × opportunities) × 1,000,000, over solved tickets that had every "
    "one of the opportunities. The sigma level is the standard normal quantile of the share "
    "without defect, plus the 1.5 sigma shift. The interval takes opportunities for independent."
)

RULES = (
    "Nelson's rules 1 and 2: a point beyond three sigma, and nine points in a row on one side of "
    "the center."
)

CHARTED: Mapping[Charted, str] = {
    Charted.TARGET_MET: "Share of the promises whose target was met",
    Charted.MINIMUM_MET: "Share of the promises whose minimum was met",
    Charted.FIRST_CONTACT_RESOLUTION: "Share solved by the first reply",
    Charted.CAME_BACK: "Share that came back after it was solved",
    Charted.TIME_TO_ACKNOWLEDGE: "Median hours to the first reply",
    Charted.TIME_TO_RESOLVE: "Median hours to the solution",
    Charted.OPENED: "Tickets opened",
    Charted.RESOLVED: "Tickets resolved",
    Charted.OPEN_AT_END: "Tickets open at the end",
}
