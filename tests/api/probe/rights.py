"""Rights: everything that opens or hides something, in both houses of the probe's world."""

from datetime import timedelta
from typing import Any

from foredesk.desk import Desk
from foredesk.people.absence import set_absence
from foredesk.people.enroll import enroll_person, form_team
from foredesk.people.models import Organization, Person, PersonKind, RequestVisibility, Team
from foredesk.people.organizations import change_organization
from foredesk.people.roles import Role, Scope
from foredesk.people.sign_in import start_session
from foredesk.people.tokens import issue_token
from foredesk.people.viewer import SYSTEM, Viewer, viewer_of
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from tests.api.probe.reports import report
from tests.api.world import House, World
from tests.people import make_agent, make_person

MODES = {"acme": RequestVisibility.BY_ROLE, "globex": RequestVisibility.ORGANIZATION}
Named = list[tuple[str, Viewer | None]]


async def give_rights(world: World) -> Named:
    """Modes of visibility, a coordinator, a confidential team with requests of requesters and of
    an agent, somebody absent with a substitute elsewhere, and a service account; answers all who
    have such rights.
    """
    found: Named = []
    for house in (world.acme, world.globex):
        slug = house.organization.slug
        await change_organization(
            world.desk,
            SYSTEM,
            organization_id=house.organization.id,
            request_visibility=MODES[slug],
        )
        await _confide(world.desk, house)
        down = await record_ticket(world.desk, house.ada, subject=f"Down at {slug}")
        await report(world.desk, down, by=house.grace, to=house.ada, slug=slug)
        found += await _people(world, house)
    return found


async def everybody(world: World, rights: Named) -> Named:
    """Nobody, each role of both organizations, and those with other rights."""
    found: Named = [("nobody", None), ("root", await _again(world, world.root))]
    for house in (world.acme, world.globex):
        slug = house.organization.slug
        found += [
            (f"ada {slug}", await _again(world, house.ada)),
            (f"bob {slug}", await _again(world, house.bob)),
            (f"grace {slug}", await _again(world, house.grace)),
        ]
        for role in Role:
            if role not in (Role.REQUESTER, Role.ADMINISTRATOR):
                person = await make_person(
                    world.desk,
                    house.organization,
                    role,
                    name=f"{role} {slug}",
                    teams=[house.team],
                )
                found.append((f"{role} {slug}", await viewer_of(person, world.desk.now())))
    return found + rights


async def _confide(desk: Desk, house: House) -> None:
    slug = house.organization.slug
    trust = await form_team(
        desk,
        SYSTEM,
        key=f"{slug}-trust",
        name=f"Trust of {slug}",
        serves=[house.organization],
        is_confidential=True,
    )
    hanna = await make_agent(desk, house.organization, team=trust, name=f"Hanna {slug}")
    for requester in (house.ada, house.grace):
        ticket = await record_ticket(desk, requester, subject=f"Between us, {slug}", details="So.")
        await assign_ticket(desk, SYSTEM, ticket_id=ticket.id, team_id=trust.id)
        await add_internal_note(desk, hanna, ticket_id=ticket.id, body="Careful.")
        await add_reply(desk, hanna, ticket_id=ticket.id, body="We listen.")
        await classify_ticket(
            desk,
            hanna,
            ticket_id=ticket.id,
            kind=None,
            category="trust",
            impact=None,
            urgency=None,
        )
        await escalate_ticket(
            desk, hanna, ticket_id=ticket.id, reason="Mine.", person_id=hanna.person_id
        )
        await report(desk, ticket, by=hanna, to=requester, slug=f"trust of {slug}")
        await resolve_ticket(desk, hanna, ticket_id=ticket.id, resolution="Talked.")


async def _people(world: World, house: House) -> Named:
    desk, slug = world.desk, house.organization.slug
    trust = await Team.get(key=f"{slug}-trust")
    hanna = await Person.get(name=f"Hanna {slug}")
    manager = await make_person(
        desk, house.organization, Role.CUSTOMER_SERVICE_MANAGER, name=f"Head {slug}", teams=[trust]
    )
    provider = await Organization.get(slug="provider")
    substitute = await make_agent(desk, provider, name=f"Substitute of {slug}")
    program = await enroll_person(
        desk,
        SYSTEM,
        organization=house.organization,
        name=f"Program of {slug}",
        email=f"program@{slug}.example",
        roles=[Role.INCIDENT_RESOLVER],
        teams=[house.team],
    )
    await Person.filter(id=program.id).update(kind=PersonKind.SERVICE)
    for away in (house.max.person_id, hanna.id):
        await set_absence(
            desk,
            SYSTEM,
            person_id=away,
            substitute_id=substitute.person_id,
            starts_at=desk.now(),
            ends_at=desk.now() + timedelta(days=9),
            note="At sea.",
        )
    for whose in (house.ada, house.grace):
        await _credentials(desk, await Person.get(id=whose.person_id))
    await _credentials(desk, program)
    rows: list[tuple[str, Any]] = [
        (f"hanna {slug}", hanna),
        (f"head of trust {slug}", manager),
        (f"substitute of {slug}", substitute),
        (f"program of {slug}", program),
    ]
    return [(name, await _again(world, row)) for name, row in rows]


async def _credentials(desk: Desk, person: Person) -> None:
    await start_session(desk, person)
    await issue_token(
        desk,
        SYSTEM,
        person=person,
        name=f"Token of {person.name}",
        scopes=[Scope.READ],
        expires_at=desk.now() + timedelta(days=30),
    )


async def _again(world: World, who: Any) -> Viewer:
    """As they are now."""
    id = who.person_id if isinstance(who, Viewer) else who.id
    return await viewer_of(await Person.get(id=id), world.desk.now())
