"""Absence: when one is away, and who stands in."""

from starlette.requests import Request
from starlette.responses import Response

from foredesk.people.absence import absences_of, cancel_absence, set_absence
from foredesk.people.models import Person
from foredesk.people.queries import is_agent, visible_people
from portal.acting import NOTHING_TYPED, Typed
from portal.forms import Form, id_chosen
from portal.managing import SHOWN_AT_MOST, do, id_sent, moment_sent
from portal.pages import desk_of, page
from portal.visits import visit_of

ADDRESS = "/absence"


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer, now = visit_of(request).viewer, desk_of(request).now()
    assert viewer.person_id is not None
    mine = (await absences_of(viewer, [viewer.person_id], now))[viewer.person_id]
    names = {row.id: row.name for row in await Person.filter(
        id__in=[absence.substitute_id for absence in mine if absence.substitute_id]
    )}  # fmt: skip
    agents = visible_people(viewer).filter(is_agent(), is_active=True).order_by("name", "id")
    return page(
        request,
        "absence.html",
        status=typed.status,
        absences=[
            (absence, absence.substitute_id and names.get(absence.substitute_id))
            for absence in mine
        ],
        agents=[one for one in await agents.limit(SHOWN_AT_MOST) if one.id != viewer.person_id],
        stands_in_for=await visible_people(viewer).filter(id__in=list(viewer.stands_in_for)),
        typed=typed,
        problems=typed.problems,
    )


async def leave(request: Request, sent: Form) -> Response:
    async def act() -> None:
        await set_absence(
            desk_of(request),
            visit_of(request).viewer,
            starts_at=moment_sent(request, sent, "startsAt"),
            ends_at=moment_sent(request, sent, "endsAt"),
            substitute_id=id_chosen(sent, "substituteId"),
            note=sent["note"],
        )

    return await do(request, sent, act, show=show, back=ADDRESS, field="startsAt")


async def come_back(request: Request, sent: Form) -> Response:
    desk, viewer = desk_of(request), visit_of(request).viewer
    absence = id_sent(sent, "absence")
    return await do(
        request,
        sent,
        lambda: cancel_absence(desk, viewer, absence_id=absence),
        show=show,
        back=ADDRESS,
        field="absence",
    )
