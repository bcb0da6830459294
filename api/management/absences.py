"""Absences: who is away, and who stands in for them."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry

from api.acting import a_key, attempt_once, the_key
from api.context import Info
from api.fields import act
from api.management import inputs, payloads
from api.management.rows import again
from api.management.words import WHAT
from api.people import Absence
from foredesk.people.absence import cancel_absence, set_absence


@strawberry.type
class AbsenceMutation:
    @act(
        description="Says that somebody is away: oneself, or as a manager somebody of one's "
        "teams. Meanwhile their substitute sees and gets what is theirs, confidential queues "
        "excepted."
    )
    async def set_absence(
        self, info: Info, input: Annotated[inputs.SetAbsenceInput, WHAT]
    ) -> payloads.SetAbsencePayload:
        done = await _done(
            info,
            input,
            lambda once: set_absence(
                info.context.desk,
                info.context.viewer,
                person_id=a_key("Person", input.person_id or None, "personId"),
                starts_at=input.starts_at,
                ends_at=input.ends_at,
                substitute_id=a_key("Person", input.substitute_id or None, "substituteId"),
                note=input.note,
                once=once,
            ),
        )
        return payloads.SetAbsencePayload(**done)

    @act(description="Cancels an absence, or ends it now")
    async def cancel_absence(
        self, info: Info, input: Annotated[inputs.CancelAbsenceInput, WHAT]
    ) -> payloads.CancelAbsencePayload:
        done = await _done(
            info,
            input,
            lambda once: cancel_absence(
                info.context.desk,
                info.context.viewer,
                absence_id=the_key("Absence", input.absence_id, "absenceId"),
                once=once,
            ),
        )
        return payloads.CancelAbsencePayload(**done)


async def _done(info: Info, input: Any, use: Callable[[Any], Awaitable[Any]]) -> dict[str, Any]:
    row, errors = await attempt_once(info, input, use, again(info, Absence))
    return {"absence": Absence(row=row) if row else None, "errors": errors}
