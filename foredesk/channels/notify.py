"""Notify: tell the requester by mail what happened to their request."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from foredesk import letters
from foredesk.database import joined
from foredesk.desk import Desk
from foredesk.people.models import Organization, Person, PersonKind
from foredesk.people.viewer import viewer_of
from foredesk.ports import Mail
from foredesk.sla.models import TicketClock
from foredesk.sla.promises import PromiseState, next_promise
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.projection import owes_report
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import EventKind, WaitingFor

PACKAGE = "foredesk.channels"


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom, in which language, and by which clock."""

    name: str
    email: str
    locale: str
    time_zone: str


async def notify_requester(desk: Desk, event_id: UUID) -> None:
    """Put the mail of one event into the outbox, if it is one that requesters hear of.

    Of what a confidential team has, mail says that there is news, and where to read it: no word
    of it leaves the desk or stays in the outbox. A service account gets none. Repeating it sends
    nothing twice.
    """
    found = await joined(
        _OCCASION, event_id, event=TicketEvent, ticket=Ticket, person=Person, org=Organization
    )
    for event, ticket, person, organization in found:
        letter = _LETTERS.get(event.kind)
        if letter and person.kind is PersonKind.PERSON:
            await _send(desk, letter, event, ticket, _addressee(person, organization))


_OCCASION = (
    "ticket_event AS event JOIN ticket ON ticket.id = event.ticket_id "
    "JOIN person ON person.id = ticket.requester_id "
    "JOIN organization AS org ON org.id = person.organization_id WHERE event.id = $1"
)


async def _send(
    desk: Desk, letter: "WriteLetter", event: TicketEvent, ticket: Ticket, to: Addressee
) -> None:
    written = await letter(desk, event, ticket, to)
    if written is None:
        return
    if ticket.is_confidential:
        written = letters.written(PACKAGE, "confidential", to.locale, _facts(desk, ticket, to))
    subject, text = written
    await desk.mailer.send(Mail(f"event:{event.id}", to.email, subject, text, to.locale))


def _addressee(person: Person, organization: Organization) -> Addressee:
    return Addressee(
        name=person.name,
        email=person.email,
        locale=person.locale or organization.locale,
        time_zone=person.time_zone or organization.time_zone,
    )


Letter = tuple[str, str] | None
WriteLetter = Callable[[Desk, TicketEvent, Ticket, Addressee], Awaitable[Letter]]


async def _received(desk: Desk, event: TicketEvent, ticket: Ticket, to: Addressee) -> Letter:
    clocks = await joined(
        "ticket_clock AS clock WHERE clock.ticket_id = $1", ticket.id, clock=TicketClock
    )
    promise = next_promise([clock for (clock,) in clocks], desk.now())
    words = _WORDS.get(to.locale.split("-")[0], _WORDS["en"])
    sentence = words["soon"]
    if promise is not None and promise.at is not None and promise.state is PromiseState.DUE:
        sentence = words["by"].format(at=_instant(promise.at, to))
    name = "split" if event.data.get("split_from_id") else "received"
    return _written(name, desk, ticket, to, promise=sentence)


async def _replied(desk: Desk, event: TicketEvent, ticket: Ticket, to: Addressee) -> Letter:
    if event.data["from_requester"]:
        return None
    author = await Person.get_or_none(id=event.actor_id) if event.actor_id else None
    words = _WORDS.get(to.locale.split("-")[0], _WORDS["en"])
    return _written(
        "replied",
        desk,
        ticket,
        to,
        author=author.name if author else words["desk"],
        body=event.data["body"],
        ask=words["waits"] if event.data.get("waits_for_requester") else "",
    )


async def _resolved(desk: Desk, event: TicketEvent, ticket: Ticket, to: Addressee) -> Letter:
    if owes_report(ticket):
        return _written("resolved_owing", desk, ticket, to, body=event.data["resolution"])
    given = event.data.get("close_after_days")
    days = given if isinstance(given, int) and given else desk.settings.close_after_days
    closes = event.occurred_at + timedelta(days=days)
    day = format_date(_local(closes, to), "long", locale=_babel(to))
    return _written("resolved", desk, ticket, to, body=event.data["resolution"], close_on=day)


async def _paused(desk: Desk, event: TicketEvent, ticket: Ticket, to: Addressee) -> Letter:
    """Only whoever has to do something hears of it."""
    waits = event.data["waiting_for"] == WaitingFor.REQUESTER
    return _written("waiting", desk, ticket, to) if waits else None


async def _moved(desk: Desk, event: TicketEvent, ticket: Ticket, to: Addressee) -> Letter:
    stays = event.data["requester_id"] == event.data["from_requester_id"]
    return None if stays else _written("moved", desk, ticket, to)


async def _merged(desk: Desk, event: TicketEvent, ticket: Ticket, to: Addressee) -> Letter:
    """The other request is named to whoever may see it."""
    viewer = await viewer_of(await Person.get(id=ticket.requester_id))
    other = await visible_to(viewer).get_or_none(id=UUID(str(event.data["into_id"])))
    words = _WORDS.get(to.locale.split("-")[0], _WORDS["en"])
    where = words["where"].format(number=other.number) if other else ""
    return _written("merged", desk, ticket, to, where=where)


async def _unmerged(desk: Desk, event: TicketEvent, ticket: Ticket, to: Addressee) -> Letter:
    return _written("unmerged", desk, ticket, to)


async def _solved(desk: Desk, event: TicketEvent, ticket: Ticket, to: Addressee) -> Letter:
    """Whoever asked for both has a mail about the other one."""
    if event.data["is_same_requester"]:
        return None
    resolution = event.data["resolution"]
    body = f"{resolution}\n" if resolution else ""
    return _written("solved_elsewhere", desk, ticket, to, body=body)


async def _known_error(desk: Desk, event: TicketEvent, ticket: Ticket, to: Addressee) -> Letter:
    words = _WORDS.get(to.locale.split("-")[0], _WORDS["en"])
    workaround = event.data["workaround"]
    return _written(
        "known_error",
        desk,
        ticket,
        to,
        title=event.data["title"],
        helps=f"{words['helps']}\n\n{workaround}" if workaround else words["no_help"],
        article=f"{desk.settings.address}/articles/{quote(str(event.data['slug']))}",
    )


_LETTERS: dict[EventKind, WriteLetter] = {
    EventKind.RECORDED: _received,
    EventKind.REPLIED: _replied,
    EventKind.PAUSED: _paused,
    EventKind.MOVED: _moved,
    EventKind.MERGED: _merged,
    EventKind.UNMERGED: _unmerged,
    EventKind.SOLVED_ELSEWHERE: _solved,
    EventKind.RESOLVED: _resolved,
    EventKind.KNOWN_ERROR_TOLD: _known_error,
}

NOTIFIED = frozenset(_LETTERS)
"""The kinds of events that requesters hear of."""

_WORDS = {
    "en": {
        "soon": "You will hear from us.",
        "by": "You will hear from us by {at}.",
        "desk": "The help desk",
        "waits": "We go on when we have your answer.",
        "where": "You can follow it as request number {number}.\n",
        "helps": "Until it is mended, this helps:",
        "no_help": "Nothing helps yet. We will tell you as soon as something does.",
    },
    "de": {
        "soon": "Sie hören von uns.",
        "by": "Sie hören von uns bis {at}.",
        "desk": "Ihre Hilfe",
        "waits": "Sobald wir Ihre Antwort haben, geht es weiter.",
        "where": "Sie können sie als Anfrage Nummer {number} verfolgen.\n",
        "helps": "Bis dahin hilft dies:",
        "no_help": "Noch hilft nichts. Wir sagen es Ihnen, sobald es etwas gibt.",
    },
}


def _written(name: str, desk: Desk, ticket: Ticket, to: Addressee, **more: object) -> Letter:
    return letters.written(
        PACKAGE, name, to.locale, {**_facts(desk, ticket, to), "subject": ticket.subject, **more}
    )


def _facts(desk: Desk, ticket: Ticket, to: Addressee) -> dict[str, object]:
    return {
        "name": to.name,
        "number": ticket.number,
        "link": f"{desk.settings.address}/requests/{ticket.number}",
    }


def _instant(at: datetime, to: Addressee) -> str:
    """Day and minute by the person's own clock."""
    local, locale = _local(at, to), _babel(to)
    return f"{format_date(local, 'full', locale=locale)}, {_minute(local, locale)}"


def _minute(local: datetime, locale: str) -> str:
    return format_time(local, "short", tzinfo=local.tzinfo, locale=locale)


def _local(at: datetime, to: Addressee) -> datetime:
    return at.astimezone(ZoneInfo(to.time_zone))


def _babel(to: Addressee) -> str:
    """The dates in the language of the letter."""
    return "de" if to.locale.split("-")[0] == "de" else "en"
