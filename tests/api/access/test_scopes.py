"""What each scope of a token opens to read: one area, `READ` all of them, and none any other."""

from datetime import timedelta

import pytest

from foredesk.catalog.queries import visible_to as services
from foredesk.errors import NotPermitted
from foredesk.knowledge.queries import visible_to as articles
from foredesk.people.absence import set_absence, visible_absences
from foredesk.people.models import Person
from foredesk.people.policy import Act, may
from foredesk.people.profile import change_person
from foredesk.people.queries import visible_organizations, visible_people, visible_teams
from foredesk.people.roles import Scope
from foredesk.people.sessions import visible_sessions
from foredesk.people.sign_in import start_session
from foredesk.people.tokens import issue_token, visible_tokens
from foredesk.people.viewer import ANONYMOUS, Viewer
from foredesk.sla.queries import visible_to as agreements
from foredesk.surveys.queries import visible_invitations, visible_responses
from foredesk.surveys.queries import visible_to as surveys
from foredesk.tickets.queries import visible_to as tickets
from tests.api.world import World

AREAS = {
    "tickets": tickets,
    "agreements": agreements,
    "services": services,
    "people": visible_people,
    "organizations": visible_organizations,
    "teams": visible_teams,
    "surveys": surveys,
    "responses": visible_responses,
    "invitations": visible_invitations,
    "articles": articles,
    "tokens": visible_tokens,
    "sessions": visible_sessions,
}
PEOPLE = {"people", "organizations", "teams"}
OPENED = {
    Scope.READ: set(AREAS),
    Scope.TICKETS: {"tickets", "agreements", "services", "articles"} | PEOPLE,
    Scope.KNOWLEDGE: {"articles"},
    Scope.SURVEYS: {"surveys", "responses", "invitations"},
    Scope.ADMINISTRATION: {"agreements", "services", "tokens", "sessions"} | PEOPLE,
}


async def counts(viewer: Viewer) -> dict[str, int]:
    return {area: await visible(viewer).count() for area, visible in AREAS.items()}


@pytest.mark.parametrize("scope", Scope)
async def test_a_scope_opens_its_areas_as_far_as_the_person_and_no_others(
    furnished: World, scope: Scope
) -> None:
    for person in (furnished.root, furnished.acme.grace, furnished.acme.max):
        await start_session(furnished.desk, row := await Person.get(id=person.person_id))
        end = furnished.desk.now() + timedelta(days=1)
        await issue_token(
            furnished.desk, person, person=row, name="", scopes=[Scope.READ], expires_at=end
        )
        everything, public = await counts(person), await counts(ANONYMOUS)
        limited = await counts(person.with_scopes(frozenset({scope})))
        itself = {"people": 1, "organizations": 1, "teams": len(person.team_ids)}

        for area in AREAS:
            closed = itself.get(area, public[area])
            expected = everything[area] if area in OPENED[scope] else closed
            assert limited[area] == expected, (person.name, area)


async def test_several_scopes_open_what_each_does(furnished: World) -> None:
    both = furnished.root.with_scopes(frozenset({Scope.SURVEYS, Scope.KNOWLEDGE}))
    everything, found = await counts(furnished.root), await counts(both)

    assert found["surveys"] == everything["surveys"] > 0
    assert found["articles"] == everything["articles"] > 0
    assert found["tickets"] == 0


@pytest.mark.parametrize("scope", Scope)
async def test_reading_alone_changes_nothing_and_each_area_only_itself(
    furnished: World, scope: Scope
) -> None:
    limited = furnished.root.with_scopes(frozenset({scope}))
    changes = {
        Scope.TICKETS: Act.REPLY,
        Scope.KNOWLEDGE: Act.WRITE_ARTICLE,
        Scope.SURVEYS: Act.MANAGE_SURVEYS,
        Scope.ADMINISTRATION: Act.MANAGE_CATALOG,
    }

    assert {area for area, act in changes.items() if may(limited, act)} == {scope} - {Scope.READ}
    assert may(limited, Act.SEE_SURVEY_ANSWERS) is (scope in (Scope.READ, Scope.SURVEYS))
    assert may(limited, Act.SEE_INTERNAL) is (scope in (Scope.READ, Scope.TICKETS))


@pytest.mark.parametrize("scope", Scope)
async def test_absences_are_read_with_the_people_they_are_of(
    furnished: World, scope: Scope
) -> None:
    desk, grace = furnished.desk, furnished.acme.grace
    soon, later = desk.now() + timedelta(days=1), desk.now() + timedelta(days=2)
    await set_absence(desk, grace, starts_at=soon, ends_at=later, note="In hospital")
    limited = furnished.root.with_scopes(frozenset({scope}))

    assert await visible_absences(limited).exists() is ("people" in OPENED[scope])


@pytest.mark.parametrize("scope", Scope)
async def test_what_is_said_of_oneself_is_changed_with_administration_only(
    furnished: World, scope: Scope
) -> None:
    desk, grace = furnished.desk, furnished.acme.grace
    assert grace.person_id
    limited = grace.with_scopes(frozenset({scope}))
    if scope is Scope.ADMINISTRATION:
        await change_person(desk, limited, person_id=grace.person_id, phone="+1 23")
    else:
        with pytest.raises(NotPermitted):
            await change_person(desk, limited, person_id=grace.person_id, phone="+1 23")

    changed = (await Person.get(id=grace.person_id)).phone == "+1 23"
    assert changed is (scope is Scope.ADMINISTRATION)


async def test_a_search_by_a_token_for_surveys_finds_what_anybody_would(
    furnished: World,
) -> None:
    limited = furnished.root.with_scopes(frozenset({Scope.SURVEYS}))

    assert limited.reader == ANONYMOUS.reader
    assert furnished.root.reader.is_agent
