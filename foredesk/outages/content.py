"""Content: what a reason for outage says, and what of it can be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from foredesk.errors import InvalidInput
from foredesk.text import one_line, readable

SUMMARY_LIMIT = 200
TEXT_LIMIT = 10_000
ENTRY_LIMIT = 2_000
ACTION_LIMIT = 500
MOST_ENTRIES = 200
MOST_ACTIONS = 50


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, in the customer's words; each reader sees it in their own zone."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What is done so that it does not happen again, by whom, and until which day."""

    what: str
    owner_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class Content:
    """All that one version says."""

    summary: str
    impact: str = ""
    cause: str = ""
    workaround: str = ""
    timeline: Sequence[Moment] = ()
    actions: Sequence[PlannedAction] = ()


def cleaned(content: Content) -> Content:
    """Raises InvalidInput for a blank summary, for what is too long or too much, and for what is
    no text.
    """
    if len(content.timeline) > MOST_ENTRIES:
        raise InvalidInput("timeline", f"Keep the timeline to {MOST_ENTRIES} entries.")
    if len(content.actions) > MOST_ACTIONS:
        raise InvalidInput("actions", f"Name at most {MOST_ACTIONS} actions.")
    return Content(
        summary=one_line(
            "summary", content.summary, limit=SUMMARY_LIMIT, blank="Say in a line what failed."
        ),
        impact=readable("impact", content.impact, limit=TEXT_LIMIT),
        cause=readable("cause", content.cause, limit=TEXT_LIMIT),
        workaround=readable("workaround", content.workaround, limit=TEXT_LIMIT),
        timeline=sorted(map(_moment, content.timeline), key=lambda moment: moment.at),
        actions=[_action(action) for action in content.actions],
    )


def check_complete(content: Content) -> None:
    """Raises InvalidInput for what a customer would have to ask back about."""
    if not content.cause:
        raise InvalidInput("cause", "Say what caused it before you send the report.")
    if not content.impact:
        raise InvalidInput("impact", "Say who was affected, and how, before you send the report.")
    if not content.timeline:
        raise InvalidInput("timeline", "Say what happened when before you send the report.")


def _moment(moment: Moment) -> Moment:
    text = one_line(
        "timeline", moment.text, limit=ENTRY_LIMIT, blank="Say what happened at each time."
    )
    return Moment(moment.at.astimezone(UTC), text)


def _action(action: PlannedAction) -> PlannedAction:
    what = one_line("actions", action.what, limit=ACTION_LIMIT, blank="Say what will be done.")
    return PlannedAction(what, action.owner_id, action.due_on)
