from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from foredesk.errors import NotPermitted
from foredesk.people.policy import (
    BY_ANYONE,
    BY_COORDINATOR,
    BY_REQUESTER,
    BY_ROLE,
    Act,
    may,
    require,
)
from foredesk.people.roles import AGENT_ROLES, Role, Scope
from foredesk.people.viewer import ANONYMOUS, SYSTEM, Viewer

OURS, THEIRS, ADA = uuid4(), uuid4(), uuid4()


@dataclass
class Thing:
    organization_id: UUID
    requester_id: UUID


@dataclass
class Confidential(Thing):
    is_confidential: bool = True
    team_id: UUID | None = None


def viewer(*roles: Role, serves: frozenset[UUID] = frozenset({OURS})) -> Viewer:
    return Viewer(ADA, OURS, frozenset(roles) | {Role.REQUESTER}, serves)


def test_every_act_is_decided_by_name() -> None:
    assert {*BY_ROLE, *BY_REQUESTER, *BY_ANYONE, Act.RECORD} == set(Act)


@pytest.mark.parametrize("act", sorted(set(Act) - BY_ANYONE))
def test_nobody_does_anything_without_signing_in(act: Act) -> None:
    assert not may(ANONYMOUS, act, Thing(OURS, ADA))
    assert not may(ANONYMOUS, act)


@pytest.mark.parametrize("act", sorted(Act))
@pytest.mark.parametrize("role", sorted(AGENT_ROLES - {Role.ADMINISTRATOR}))
def test_no_agent_touches_an_organization_they_do_not_serve(role: Role, act: Act) -> None:
    if act not in BY_ANYONE | {Act.RECORD}:
        assert not may(viewer(role), act, Thing(THEIRS, uuid4()))


@pytest.mark.parametrize("act", sorted(BY_REQUESTER))
def test_requesters_act_on_their_own_requests_only(act: Act) -> None:
    assert may(viewer(), act, Thing(OURS, ADA))
    assert not may(viewer(), act, Thing(OURS, uuid4()))


@pytest.mark.parametrize("act", sorted(Act))
def test_a_coordinator_answers_for_their_own_organization_and_does_nothing_else(act: Act) -> None:
    cora = viewer(Role.ORGANIZATION_COORDINATOR, serves=frozenset())
    answers = act in BY_COORDINATOR
    anybody = act in BY_ANYONE | {Act.RECORD}

    assert may(cora, act, Thing(OURS, uuid4())) == (answers or anybody)
    assert may(cora, act, Thing(THEIRS, uuid4())) == anybody
    assert may(cora, act, Confidential(OURS, uuid4())) == anybody
    assert {Act.ANSWER_OUTAGE_REPORT} == BY_COORDINATOR


def test_only_the_requester_confirms_even_against_an_administrator() -> None:
    assert not may(viewer(Role.ADMINISTRATOR), Act.CONFIRM, Thing(OURS, uuid4()))


def test_the_desk_itself_may_do_everything() -> None:
    assert all(may(SYSTEM, act, Thing(THEIRS, ADA)) for act in Act)


def test_a_token_does_no_more_than_its_scopes() -> None:
    agent = viewer(Role.CUSTOMER_SERVICE_MANAGER)
    reading = agent.with_scopes(frozenset({Scope.READ}))

    assert may(agent, Act.RESOLVE, Thing(OURS, uuid4()))
    assert not may(reading, Act.RESOLVE, Thing(OURS, uuid4()))
    assert not may(reading, Act.RECORD)
    assert may(reading, Act.SEE_INTERNAL, Thing(OURS, uuid4()))


def test_what_is_not_allowed_is_refused() -> None:
    with pytest.raises(NotPermitted):
        require(viewer(), Act.MANAGE_PEOPLE)
