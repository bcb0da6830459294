"""Watched tables: every commit that changes one is heard of, and nothing else is."""

import pytest

from foredesk.database import transaction
from foredesk.database.statement import rows_of
from foredesk.database.watched import Watch
from foredesk.desk import Desk
from foredesk.people.models import Organization, Team, TeamMember
from foredesk.people.roles import Role
from foredesk.people.watched import RIGHTS
from tests.people import make_organization, make_person, make_team


@pytest.mark.parametrize(
    ("statement", "is_concerned"),
    [
        ('INSERT INTO "role_grant" ("id") VALUES ($1)', True),
        ('UPDATE "person" SET "is_active"=$1 WHERE "id"=$2', True),
        ('UPDATE "api_token" SET "revoked_at"=$1 WHERE "id"=$2', True),
        ('UPDATE "api_token" SET "used_at"=$1 WHERE "id" IN ($2,$3)', False),
        ('UPDATE "api_token" SET "used_at"=?,"scopes"=? WHERE "id"=?', True),
        ('UPDATE "api_token" SET "used_at"=? WHERE "id"=?', False),
        ('DELETE FROM "team_member" WHERE "team_id"=?', True),
        ('INSERT INTO "person" ("id") VALUES (?)', False),
        ("WITH gone AS (DELETE FROM team_customer RETURNING id) SELECT count(*) FROM gone", True),
        ('WITH a AS (INSERT INTO "ticket" ("id") VALUES ($1)) INSERT INTO "done" ("key")', False),
        ('SELECT "id" FROM "person" WHERE "name"=\'UPDATE person\' FOR UPDATE', False),
    ],
)
def test_statements_that_change_rights_are_told_from_others(
    statement: str, is_concerned: bool
) -> None:
    assert RIGHTS.concerns(statement) is is_concerned


async def test_a_change_is_heard_of_once_it_is_committed(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    team = await make_team(desk, acme)
    grace = await make_person(desk, acme, Role.INCIDENT_RESOLVER, teams=[team])
    before = RIGHTS.version

    async with transaction():
        await TeamMember.filter(person_id=grace.id).delete()
        assert RIGHTS.version == before
    after_delete = RIGHTS.version
    team.name = "Renamed"
    await team.save()
    after_save = RIGHTS.version
    await rows_of("UPDATE organization SET name = $1 RETURNING id", "Acme 2")

    assert before < after_delete < after_save < RIGHTS.version


async def test_what_is_rolled_back_is_not_heard_of(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    before = RIGHTS.version

    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await Organization.filter(id=acme.id).update(name="Other")
            1 / 0  # noqa: B018

    assert RIGHTS.version == before


async def test_bulk_writes_are_heard_of(desk: Desk) -> None:
    acme = await make_organization(desk, "acme")
    team = await make_team(desk, acme)
    people = [await make_person(desk, acme, name=name) for name in ("Ada", "Grace")]
    before = RIGHTS.version

    await TeamMember.bulk_create([TeamMember(team_id=team.id, person_id=one.id) for one in people])

    assert RIGHTS.version > before
    assert await Team.all().count() == 1


async def test_whoever_watches_is_told_while_they_listen() -> None:
    heard = []

    async def hear() -> None:
        heard.append(watch.version)

    watch = Watch(["no_such_table"])
    await watch.moved()
    with watch.telling(hear):
        await watch.moved()
    await watch.moved()

    assert heard == [2]
