"""Wording: why a clock counts, or stands still, in words that anybody can check. In English."""

from foredesk.sla.course import Stretch
from foredesk.sla.facts import ClockEvent, ClockEventKind, Status
from foredesk.sla.rulebook import Terms

_EVENTS = {
    ClockEventKind.RECORDED: "the request was recorded",
    ClockEventKind.KIND_SET: "the kind of request was changed",
    ClockEventKind.AGREEMENT_SET: "the agreement was changed",
    ClockEventKind.ASSIGNED: "the request was assigned",
    ClockEventKind.RESUMED: "work was resumed",
    ClockEventKind.RESPONDED: "we replied",
    ClockEventKind.REQUESTER_REPLIED: "the requester replied",
    ClockEventKind.ESTIMATED: "a time of repair was estimated",
    ClockEventKind.RESOLVED: "the request was resolved",
    ClockEventKind.REOPENED: "the request was reopened",
    ClockEventKind.CLOSED: "the request was closed",
    ClockEventKind.MERGED: "the request was merged into another",
    ClockEventKind.UNMERGED: "the merge was undone",
}

_RULES = {
    "start": "which starts the clock “{title}”",
    "restart": "which starts the clock “{title}” again",
    "cycle": "which begins the next turn of the clock “{title}”",
    "stop": "which stops the clock “{title}”",
    "priority": "for which {agreement} sets another time",
    "kind": "for which {agreement} may set another time",
    "agreement": "and since then {agreement} holds",
    "team": "and the clock “{title}” counts only while its team has it",
    "merged": "and while it is merged its clocks stand still",
    "calendar": "but the calendar {calendar} is closed",
    "unagreed": "and no agreement defines the clock “{title}”",
}


def event_in_words(event: ClockEvent) -> str:
    if event.kind is ClockEventKind.PRIORITY_SET and event.priority:
        return f"the priority became {event.priority.value}"
    if event.kind is ClockEventKind.WAITING:
        return f"the request began to wait for {_waited_for(event.reason)}"
    return _EVENTS.get(event.kind, event.kind.value)


def cause_in_words(rule: str, stretch: Stretch, terms: Terms | None) -> str:
    """Such as: `Event 4: the request began to wait for the requester, which pauses …`."""
    agreement = f"the agreement {terms.agreement}" if terms and terms.agreement else "the agreement"
    said = _rule_in_words(rule).format(
        title=stretch.definition.title,
        agreement=agreement,
        calendar=f"“{terms.calendar}”" if terms and terms.calendar else "",
    )
    sentence = f"Event {stretch.cause.sequence}: {event_in_words(stretch.cause)}, {said}."
    return " ".join(sentence.split())


def hours_in_words(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours} h {rest // 60} min" if hours else f"{rest // 60} min"


def _rule_in_words(rule: str) -> str:
    if rule in _RULES:
        return _RULES[rule]
    what, _, rest = rule.partition(":")
    if what == "pause":
        status, _, reason = rest.partition(":")
        return f"which pauses the clock “{{title}}” while {_while(status, reason)}"
    return "so that the clock “{title}” goes on"


def _while(status: str, reason: str) -> str:
    if status == Status.WAITING:
        return f"it waits for {_waited_for(reason)}" if reason else "it waits"
    return f"it is {status}"


def _waited_for(reason: str | None) -> str:
    match reason:
        case None | "other" | "":
            return "something else"
        case "requester" | "vendor":
            return f"the {reason}"
    return f"{'an' if reason[0] in 'aeiou' else 'a'} {reason}"
