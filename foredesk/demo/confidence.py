"""Confidence: a request that only the team and its requester know of, and somebody on holiday."""

from datetime import datetime, timedelta

from foredesk.demo.acts import Scene
from foredesk.demo.people import TRUST
from foredesk.demo.stage import Moments
from foredesk.people.absence import set_absence
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply

HOURS_BEFORE = 7.5


async def confide(scene: Scene) -> Moments:
    """Told to the help desk, given on at once to those whom it is for, and answered there."""
    desk, cast = scene.desk, scene.cast
    bastian, leonie, dario = (
        cast.viewers[name] for name in ("Bastian Krull", "Leonie Abt", "Dario Feld")
    )
    ticket = await record_ticket(
        desk,
        bastian,
        subject="Jemand liest meine E-Mails mit",
        details="Ein Kollege wusste von einer Mail, die nur an mich ging. Bitte vertraulich.",
    )
    yield desk.now() + timedelta(minutes=6)
    await assign_ticket(desk, leonie, ticket_id=ticket.id, team_id=cast.teams[TRUST])
    yield desk.now() + timedelta(minutes=40)
    await add_reply(
        desk,
        dario,
        ticket_id=ticket.id,
        body="Danke für Ihr Vertrauen. Das sehen nur Sie und wir. Wir prüfen, wer Zugriff hatte.",
    )
    await add_internal_note(
        desk, dario, ticket_id=ticket.id, body="Freigaben des Postfachs prüfen."
    )


async def go_on_holiday(scene: Scene, until: datetime) -> Moments:
    """Until some days after the story's end, so that the board shows it."""
    yield scene.desk.now() + timedelta(minutes=1)
    priya = scene.cast.viewers["Priya Nandi"]
    await set_absence(
        scene.desk,
        scene.cast.viewers["Samuel Okonjo"],
        starts_at=until - timedelta(hours=20),
        ends_at=until + timedelta(days=9),
        substitute_id=priya.person_id,
        note="Hiking, without a telephone.",
    )
