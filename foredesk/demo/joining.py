"""Joining: a morning on which two people of one company report the same, and one of them more."""

from datetime import timedelta

from foredesk.demo.acts import Scene
from foredesk.demo.stage import Moments
from foredesk.tickets.merge import merge_ticket, unmerge_ticket
from foredesk.tickets.move import move_ticket
from foredesk.tickets.pause import pause_ticket, resume_ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.split import split_ticket
from foredesk.tickets.states import WaitingFor

HOURS_BEFORE = 9.0


async def join(scene: Scene) -> Moments:
    """Two become one that waits for a supplier and is solved for both; a part goes its own way."""
    desk, viewers = scene.desk, scene.cast.viewers
    anke, bastian, leonie = (
        viewers[name] for name in ("Anke Sommerfeld", "Bastian Krull", "Leonie Abt")
    )
    first = await record_ticket(
        desk, anke, subject="Der Plotter im Erdgeschoss druckt nur noch grün"
    )
    yield desk.now() + timedelta(minutes=12)
    second = await record_ticket(desk, bastian, subject="Plotter: alle Pläne sind grün")
    yield desk.now() + timedelta(minutes=15)
    asked = await add_reply(
        desk,
        anke,
        ticket_id=first.id,
        body="Und noch etwas: Für das neue Büro brauchen wir einen zweiten Bildschirm.",
    )
    yield desk.now() + timedelta(minutes=20)
    await merge_ticket(desk, leonie, ticket_id=second.id, into_id=first.id)
    part = await split_ticket(
        desk,
        leonie,
        ticket_id=first.id,
        subject="Ein zweiter Bildschirm für das neue Büro",
        message_sequence=asked.version,
    )
    await pause_ticket(
        desk,
        leonie,
        ticket_id=part.id,
        waiting_for=WaitingFor.APPROVAL,
        note="Die Kostenstelle muss zustimmen.",
        until=desk.now() + timedelta(days=2),
    )
    await pause_ticket(
        desk,
        leonie,
        ticket_id=first.id,
        waiting_for=WaitingFor.VENDOR,
        note="Der Druckkopf kommt gegen Mittag, Auftrag 4711.",
    )
    yield desk.now() + timedelta(minutes=30)
    await add_reply(desk, bastian, ticket_id=second.id, body="Im ersten Stock auch.")
    yield desk.now() + timedelta(hours=2)
    await resume_ticket(desk, leonie, ticket_id=first.id)
    await resolve_ticket(
        desk,
        leonie,
        ticket_id=first.id,
        resolution="Der Plotter hat einen neuen Druckkopf und druckt wieder alle Farben.",
    )


async def correct(scene: Scene) -> Moments:
    """Taken down by telephone for the wrong person, and merged where it does not belong."""
    desk, viewers = scene.desk, scene.cast.viewers
    anke, bastian, leonie = (
        viewers[name] for name in ("Anke Sommerfeld", "Bastian Krull", "Leonie Abt")
    )
    other = await record_ticket(desk, bastian, subject="Das Planarchiv ist langsam")
    mistaken = await record_ticket(
        desk,
        leonie,
        requester_id=bastian.person_id,
        subject="Zugang zum Planarchiv",
        channel="phone",
    )
    yield desk.now() + timedelta(minutes=4)
    await merge_ticket(desk, leonie, ticket_id=mistaken.id, into_id=other.id)
    yield desk.now() + timedelta(minutes=3)
    await unmerge_ticket(desk, leonie, ticket_id=mistaken.id)
    assert anke.person_id is not None
    await move_ticket(
        desk,
        leonie,
        ticket_id=mistaken.id,
        requester_id=anke.person_id,
        reason="Bastian rief nur für sie an.",
    )
