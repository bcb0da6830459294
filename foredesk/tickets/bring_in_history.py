"""Bring in a history: a ticket from another desk, event by event, without telling anyone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.identity import new_id
from foredesk.people.models import Person
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.text import one_line, readable
from foredesk.tickets.change import Change, store
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import DETAILS_LIMIT, SUBJECT_LIMIT
from foredesk.tickets.states import EventKind


@dataclass(frozen=True, slots=True)
class PastEvent:
    """Something that happened there, in our words; `data` as our own event of the kind has it."""

    kind: EventKind
    at: datetime
    data: Mapping[str, Any]


async def bring_in_history(
    desk: Desk,
    viewer: Viewer,
    *,
    external_key: str,
    requester: Person,
    recorded: PastEvent,
    later: Sequence[PastEvent],
) -> Ticket | None:
    """Store it as it was; None when its key is here already.

    No agreement's clock runs for it, no plugin, mail or survey hears of it.

    Raises InvalidInput for unreadable text, and InvalidTransition for what can't happen in turn.
    """
    require(viewer, Act.IMPORT)
    if recorded.kind is not EventKind.RECORDED:
        raise InvalidInput("recorded", "A history begins with its recording.")
    subject, details = recorded.data["subject"], recorded.data["details"]
    told = {
        "subject": one_line("subject", subject, limit=SUBJECT_LIMIT, blank="It is blank."),
        "details": readable("details", details, limit=DETAILS_LIMIT),
        "external_key": one_line("external_key", external_key, limit=128, blank="It is blank."),
    }
    async with transaction():
        if await Ticket.exists(external_key=told["external_key"]):
            return None
        change = Change(desk, viewer, Ticket(id=new_id()), is_silent=True)
        change.append(
            EventKind.RECORDED,
            at=recorded.at,
            **dict(recorded.data)
            | told
            | {
                "number": None,  # it is given when it is stored
                "organization_id": str(requester.organization_id),
                "requester_id": str(requester.id),
                "channel": "import",
            },
        )
        for event in later:
            change.append(event.kind, at=event.at, **event.data)
        await store(change)
    return change.ticket
