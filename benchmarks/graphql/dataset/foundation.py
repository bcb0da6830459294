"""Foundation: organizations, teams, services, promises and agents, made by our own use cases."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.graphql.dataset.scale import Scale
from foredesk.catalog.models import Service, ServiceKind
from foredesk.catalog.offer import offer_service
from foredesk.desk import Desk
from foredesk.people.enroll import enroll_person, form_team, register_organization
from foredesk.people.models import ApiToken, Organization, Person, Team
from foredesk.people.roles import Role, Scope
from foredesk.people.secrets import digest
from foredesk.people.viewer import SYSTEM
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import Promised, define_agreement
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.models import AgreementVersion
from foredesk.sla.priority import Priority

TOKEN = "fd_benchmark_of-the-graphql-api"
"""Of an agent who serves most of the organizations; the database is a throw-away one."""

ADMINISTRATOR_TOKEN = "fd_administrator_of-the-graphql-api"
CUSTOMERS = ("acme", "globex", "initech", "umbrella", "hooli", "stark", "wayne")
SERVED_BY_AGENT = 5
TEAMS = 12
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
PROMISED_HOURS = {
    Priority.CRITICAL: (8, 16),
    Priority.HIGH: (16, 32),
    Priority.NORMAL: (40, 80),
    Priority.LOW: (900, 1000),
}


@dataclass(frozen=True, slots=True)
class Foundation:
    """`serving` are each customer's teams; `members` the agents of each team."""

    customers: list[Organization]
    services: list[Service]
    agreement_version: AgreementVersion
    serving: dict[Organization, list[Team]]
    members: dict[Team, list[Person]]


async def lay_foundation(desk: Desk, scale: Scale) -> Foundation:
    own = await register_organization(desk, SYSTEM, slug="desk", name="Help Desk")
    customers = [
        await register_organization(desk, SYSTEM, slug=slug, name=slug.title())
        for slug in CUSTOMERS
    ]
    serving = {customer: list[Team]() for customer in customers}
    members = {}
    for number in range(TEAMS):
        team = await _team(desk, number, customers, serving)
        members[team] = [await _agent(desk, own, team, n) for n in range(scale.agents_per_team)]
    await _callers(desk, own, list(members), scale.until + timedelta(days=30))
    services = await _services(desk, customers)
    return Foundation(customers, services, await _promise(desk), serving, members)


async def _team(
    desk: Desk,
    number: int,
    customers: list[Organization],
    serving: dict[Organization, list[Team]],
) -> Team:
    """The first teams serve the customers of our agent, the others everybody else too."""
    serves = customers[:SERVED_BY_AGENT] if number < TEAMS // 2 else customers[number % 5 :]
    team = await form_team(desk, SYSTEM, key=f"team-{number}", name=f"Team {number}", serves=serves)
    for customer in serves:
        serving[customer].append(team)
    return team


async def _agent(desk: Desk, own: Organization, team: Team, number: int) -> Person:
    return await enroll_person(
        desk,
        SYSTEM,
        organization=own,
        name=f"Agent {team.key} {number}",
        email=f"agent-{number}.{team.key}@desk.example",
        roles=[Role.INCIDENT_RESOLVER],
        teams=[team],
    )


async def _callers(desk: Desk, own: Organization, teams: list[Team], expires_at: datetime) -> None:
    """Whom the benchmark speaks for."""
    for name, token, roles, in_teams in (
        ("Grace", TOKEN, [Role.CUSTOMER_SERVICE_REPRESENTATIVE], teams[:2]),
        ("Root", ADMINISTRATOR_TOKEN, [Role.ADMINISTRATOR], []),
    ):
        person = await enroll_person(
            desk, SYSTEM, organization=own, name=name, email=f"{name.lower()}@desk.example",
            roles=roles, teams=in_teams,
        )  # fmt: skip
        _, public_id, secret = token.split("_")
        await ApiToken.create(
            public_id=public_id,
            secret_hash=digest(secret),
            name="Benchmark",
            scopes=[str(scope) for scope in Scope],
            created_at=desk.now(),
            expires_at=expires_at,
            person_id=person.id,
        )


async def _services(desk: Desk, customers: list[Organization]) -> list[Service]:
    return [
        await offer_service(
            desk,
            SYSTEM,
            key=f"service-{number}",
            name=f"Service {number}",
            kind=ServiceKind.TECHNICAL,
            organization=customers[number % len(customers)] if number % 3 == 2 else None,
        )
        for number in range(24)
    ]


async def _promise(desk: Desk) -> AgreementVersion:
    calendar = await define_calendar(
        desk,
        SYSTEM,
        name="Office hours",
        time_zone="UTC",
        weekly={day: ["08:00-18:00"] for day in WORKDAYS},
    )
    agreement = await define_agreement(
        desk,
        SYSTEM,
        name="Standard",
        calendar_id=calendar.id,
        promises=[
            Promised(RESPONSE, priority, timedelta(hours=4), timedelta(hours=8))
            for priority in Priority
        ]
        + [
            Promised(RESOLUTION, priority, timedelta(hours=target), timedelta(hours=minimum))
            for priority, (target, minimum) in PROMISED_HOURS.items()
        ],
    )
    return await AgreementVersion.get(agreement_id=agreement.id).prefetch_related("targets")
