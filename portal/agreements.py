"""Agreements: what was promised, in all its versions, and the files that they are changed by."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.agreement_files.bring_in import compare_agreement_file, import_agreement
from foredesk.agreement_files.differences import Difference, DifferencePart, agreement_differences
from foredesk.agreement_files.durations import write_duration
from foredesk.agreement_files.proposed import ProposedAgreement, clocks_in_order
from foredesk.agreement_files.rules import escalations_content, penalties_content
from foredesk.agreement_files.store import stored_agreement
from foredesk.agreement_files.tree import FileFormat
from foredesk.agreement_files.write import agreement_text
from foredesk.errors import DeskError
from foredesk.people.policy import serves
from foredesk.sla.calendar_queries import visible_calendars
from foredesk.sla.definitions import NEXT_UPDATE, RESOLUTION, RESPONSE, ClockDefinition
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.models import Agreement, AgreementVersion
from foredesk.sla.priority import Priority
from foredesk.sla.queries import visible_to
from foredesk.tickets.models import TicketKind
from portal import labels
from portal.acting import NOTHING_TYPED, Typed
from portal.forms import Form
from portal.managing import SHOWN_AT_MOST, do, id_in, moment_sent
from portal.pages import desk_of, page
from portal.refusals import say, unreadable
from portal.visits import visit_of
from portal.words import Words, marked

ADDRESS = "/agreements"
VERSIONS_SHOWN = 10
TITLES: Mapping[str, str] = {
    RESPONSE: marked("First response"),
    RESOLUTION: marked("Resolution"),
    NEXT_UPDATE: marked("Next update"),
}
EVENTS: Mapping[ClockEventKind, str] = {
    ClockEventKind.RECORDED: marked("it is recorded"),
    ClockEventKind.PRIORITY_SET: marked("its priority is set"),
    ClockEventKind.KIND_SET: marked("its kind is set"),
    ClockEventKind.AGREEMENT_SET: marked("it comes under an agreement"),
    ClockEventKind.ASSIGNED: marked("a team gets it"),
    ClockEventKind.WAITING: marked("it waits"),
    ClockEventKind.RESUMED: marked("it goes on"),
    ClockEventKind.RESPONDED: marked("we reply"),
    ClockEventKind.REQUESTER_REPLIED: marked("the requester replies"),
    ClockEventKind.ESTIMATED: marked("the repair is estimated"),
    ClockEventKind.RESOLVED: marked("it is resolved"),
    ClockEventKind.REOPENED: marked("it is reopened"),
    ClockEventKind.CLOSED: marked("it is closed"),
    ClockEventKind.MERGED: marked("it is merged"),
    ClockEventKind.UNMERGED: marked("it is taken out again"),
}
PARTS: Mapping[DifferencePart, str] = {
    DifferencePart.AGREEMENT: marked("Name and scope"),
    DifferencePart.CALENDAR: marked("Calendar"),
    DifferencePart.CLOCK: marked("Clocks"),
    DifferencePart.TARGET: marked("Promises"),
    DifferencePart.PENALTY: marked("Penalties"),
    DifferencePart.ESCALATION: marked("Escalations"),
}


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    viewer = visit_of(request).viewer
    rows = visible_to(viewer).prefetch_related("organization", "service", "versions")
    return page(
        request,
        "agreements.html",
        status=typed.status,
        agreements=await rows.order_by("name", "id").limit(SHOWN_AT_MOST),
        calendars=await visible_calendars(viewer).order_by("name").limit(SHOWN_AT_MOST),
        typed=typed,
        problems=typed.problems,
    )


async def show_one(request: Request) -> Response:
    agreement, words = await _agreement(request), visit_of(request).words
    versions = list(await AgreementVersion.filter(agreement_id=agreement.id).order_by("-number"))
    told = [await stored_agreement(agreement, one) for one in versions[: VERSIONS_SHOWN + 1]]
    newest = told[0]
    return page(
        request,
        "agreement.html",
        agreement=agreement,
        version=versions[0],
        newest=newest,
        kind=labels.kind(TicketKind(agreement.kind), words) if agreement.kind else "",
        history=[
            (version, _grouped(agreement_differences(before, after), words))
            for version, after, before in zip(versions, told, told[1:], strict=False)
        ],
        first=versions[-1],
        priorities=[(one, labels.priority(one, words)) for one in Priority],
        clocks=_clocks(newest, words),
        penalties=penalties_content(newest.proposal.penalties, newest.proposal.billing),
        escalations=escalations_content(newest.proposal.escalations, newest.stood_for),
        titles={
            name: _title(clock, words) for name, clock in clocks_in_order(newest.proposal).items()
        },
        working_day=write_duration(newest.calendar.working_day, None),
        calendar_id=versions[0].calendar_id,
        text=agreement_text(newest),
        may_change=serves(visit_of(request).viewer, agreement.organization_id),
    )


async def download(request: Request) -> Response:
    agreement = await _agreement(request)
    format = FileFormat.TOML if request.path_params["format"] == "toml" else FileFormat.YAML
    text = agreement_text(await stored_agreement(agreement), format)
    headers = {"Content-Disposition": f'attachment; filename="agreement.{format}"'}
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


async def bring_in(request: Request, sent: Form) -> Response:
    """Show what a file would change, or take it over, as its button says."""
    return await (_take if "take" in sent else _compare)(request, sent)


async def _take(request: Request, sent: Form) -> Response:
    made: list[Agreement] = []

    async def act() -> None:
        valid_from = moment_sent(request, sent, "begins") if sent["begins"] else None
        done = await import_agreement(
            desk_of(request), visit_of(request).viewer, text=sent["text"], valid_from=valid_from
        )
        made.append(done.agreement)

    answer = await do(request, sent, act, show=show, back=ADDRESS, field="text")
    if made:
        answer.headers["location"] = f"{ADDRESS}/{made[0].id}"
    return answer


async def _compare(request: Request, sent: Form) -> Response:
    words = visit_of(request).words
    if sent.unreadable:
        return await show(request, Typed(sent, {"text": unreadable(words)}))
    try:
        compared = await compare_agreement_file(
            desk_of(request), visit_of(request).viewer, text=sent["text"]
        )
    except DeskError as refusal:
        return await show(request, Typed(sent, {"text": say(words, refusal)}))
    return page(
        request,
        "agreement_compared.html",
        compared=compared,
        groups=_grouped(compared.differences, words),
        text=sent["text"],
        begins=sent["begins"],
    )


async def _agreement(request: Request) -> Agreement:
    """Raises HTTPException 404."""
    rows = visible_to(visit_of(request).viewer).prefetch_related("organization", "service")
    agreement = await rows.get_or_none(id=id_in(request))
    if agreement is None:
        raise HTTPException(404)
    return agreement


def _grouped(differences: Sequence[Difference], words: Words) -> list[tuple[str, list[Difference]]]:
    parts = dict.fromkeys(one.part for one in differences)
    return [
        (words(PARTS[part]), [one for one in differences if one.part is part]) for part in parts
    ]


def _clocks(agreement: ProposedAgreement, words: Words) -> list[dict[str, Any]]:
    day = agreement.calendar.working_day
    found = []
    for name, clock in clocks_in_order(agreement.proposal).items():
        own = [one for one in agreement.proposal.promises if one.clock == name]
        for kind in dict.fromkeys(one.kind for one in own):
            times = {
                one.priority: (
                    write_duration(one.target, day),
                    write_duration(one.minimum, day) if one.minimum is not None else "",
                )
                for one in own
                if one.kind == kind
            }
            found.append(
                {
                    "title": _title(clock, words),
                    "kind": labels.kind(TicketKind(kind), words) if kind else "",
                    "times": times,
                    "clock": clock,
                    "start": [words(EVENTS[one]) for one in sorted(clock.start)],
                    "stop": [words(EVENTS[one]) for one in sorted(clock.stop | clock.cycle)],
                    "team": agreement.stood_for.get(clock.team_id, "") if clock.team_id else "",
                }
            )
    return found


def _title(clock: ClockDefinition, words: Words) -> str:
    usual = TITLES.get(clock.name)
    return words(usual) if usual == clock.title else clock.title
