"""The data that the measurements of a running server stand on, and what they ask it."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from foredesk.composition import open_desk
from foredesk.database.migrate import migrate
from foredesk.desk import Desk
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.enroll import enroll_person, form_team, register_organization
from foredesk.people.models import Organization, Person, Team
from foredesk.people.roles import Role, Scope
from foredesk.people.tokens import issue_token
from foredesk.people.viewer import SYSTEM
from foredesk.settings import Settings
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import Promised, define_agreement
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.priority import Priority

ARTICLES = 40
CREATE = """mutation ($input: CreateTicketInput!) {
  createTicket(input: $input) { ticket { id number } errors { ... on UserError { code message } } }
}"""


@dataclass(frozen=True, slots=True)
class SmallDesk:
    """Tokens of a requester and an agent, and the addresses of some articles."""

    requester_token: str
    agent_token: str
    article_slugs: list[str]


async def make_small_desk(data_dir: Path, database_url: str) -> SmallDesk:
    """One organization with an agreement. The database must be empty."""
    settings = Settings(data_dir=data_dir, database_url=database_url, log_level="WARNING")
    await migrate(settings.database)
    async with open_desk(settings) as parts:
        desk = parts.desk
        acme = await register_organization(desk, SYSTEM, slug="acme", name="Acme")
        team = await form_team(desk, SYSTEM, key="desk", name="Desk", serves=[acme])
        await _promise(desk, acme)
        requester = await _token(desk, acme, "Ada", Role.REQUESTER)
        agent = await _token(desk, acme, "Grace", Role.CUSTOMER_SERVICE_REPRESENTATIVE, team)
        return SmallDesk(requester, agent, [await _article(desk, n) for n in range(ARTICLES)])


async def ask(
    client: httpx.AsyncClient, token: str, query: str, variables: dict[str, Any]
) -> dict[str, Any]:
    """The data of an operation. Raises RuntimeError when the answer has errors."""
    answer = await client.post(
        "/graphql",
        json={"query": query, "variables": variables},
        headers={"authorization": f"Bearer {token}"},
    )
    body: dict[str, Any] = answer.json()
    if answer.status_code != 200 or body.get("errors"):
        raise RuntimeError(f"{answer.status_code}: {answer.text[:500]}")
    data: dict[str, Any] = body["data"]
    return data


async def empty_postgres(url: str) -> None:
    """Drop everything in the database the URL names, creating it if need be."""
    server, _, name = url.rpartition("/")
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()


async def _token(
    desk: Desk, organization: Organization, name: str, role: Role, team: Team | None = None
) -> str:
    person: Person = await enroll_person(
        desk,
        SYSTEM,
        organization=organization,
        name=name,
        email=f"{name.lower()}@acme.example",
        roles=[role],
        teams=[team] if team else [],
    )
    issued = await issue_token(
        desk,
        SYSTEM,
        person=person,
        name="Measurement",
        scopes=list(Scope),
        expires_at=desk.now() + timedelta(days=1),
    )
    return issued.secret


async def _article(desk: Desk, number: int) -> str:
    article = await write_article(
        desk, SYSTEM, title=f"What to do about matter {number}", body="Restart it.", locale="en"
    )
    await publish_article(desk, SYSTEM, article_id=article.id)
    return article.slug


async def _promise(desk: Desk, organization: Organization) -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    calendar = await define_calendar(
        desk, SYSTEM, name="Always", time_zone="UTC", weekly={day: ["00:00-24:00"] for day in days}
    )
    await define_agreement(
        desk,
        SYSTEM,
        name="Standard",
        calendar_id=calendar.id,
        organization_id=organization.id,
        promises=[
            Promised(clock, priority, timedelta(hours=4), timedelta(hours=8))
            for clock in (RESPONSE, RESOLUTION)
            for priority in Priority
        ],
    )
