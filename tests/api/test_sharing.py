"""One answer for all to whom an event says the same: nobody gets more by it, or less, or other."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    parse,
)

from api.identifiers import global_id
from api.impersonal import ALLOWED, is_impersonal
from api.schema import schema
from api.tickets import watch as watch_module
from api.watching import ANYONE, impersonal
from foredesk.people.models import Organization, RequestVisibility
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, Viewer, viewer_of
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from tests.api.asking import Api
from tests.api.watchers import Watcher, served, watching
from tests.api.world import World
from tests.people import make_person

GRAPHQL = schema._schema


def selection(kind: GraphQLNamedType, depth: int) -> str:
    """Every field of a type that may be shared."""
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    owners = [kind.name, *(interface.name for interface in kind.interfaces)]
    parts = []
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if not any(name in ALLOWED.get(owner, ()) for owner in owners):
            continue
        if is_leaf_type(inner):
            parts.append(name)
        elif depth:
            parts.append(f"{name} {{ {selection(inner, depth - 1)} }}")
    return " ".join(parts)


EVERYTHING = selection(GRAPHQL.type_map["Ticket"], 2)
EVENT = selection(GRAPHQL.type_map["TicketEvent"], 1)
WATCH = f"""subscription Watch($id: ID!) {{
  ticketChanged(id: $id) {{ ticket {{ {EVERYTHING} }} events {{ __typename {EVENT} }} }} }}"""
READ = f"""query Read($id: ID!) {{ ticket(by: {{id: $id}}) {{ {EVERYTHING}
  events(last: 1) {{ nodes {{ __typename {EVENT} }} }} }} }}"""


def test_every_field_that_may_be_shared_is_in_the_schema() -> None:
    for name, fields in ALLOWED.items():
        kind = GRAPHQL.type_map[name]
        assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        assert fields <= set(kind.fields), name


@pytest.mark.parametrize(
    ("text", "may_be_shared"),
    [
        ("ticketChanged(id: 1) { ticket { subject requester { name } } }", True),
        ("ticketChanged(id: 1) { ...F } } fragment F on TicketChange { ticket { id }", True),
        ("ticketChanged(id: 1) { events { ... on ReplyAdded { body } } }", True),
        ("ticketChanged(id: 1) { ticket { events { totalCount } } }", False),
        ("ticketChanged(id: 1) { ticket { suggestions { plugin } } }", False),
        ("ticketChanged(id: 1) { events { ... on PluginSuggested { id plugin } } }", False),
        ("ticketChanged(id: 1) { ...F } } fragment F on TicketChange "
         "{ ticket { articles { isResolution } }", False),
        ("queueChanged { entered { subject } }", False),
        ("searchIndexChanged { revision articles { title } }", True),
        ("searchIndexChanged { articles { askedAs } }", False),
    ],
)  # fmt: skip
def test_what_may_depend_on_the_person_is_not_shared(text: str, may_be_shared: bool) -> None:
    operation, *fragments = parse(f"subscription {{ {text} }}").definitions
    named = {fragment.name.value: fragment for fragment in fragments}  # type: ignore[attr-defined]

    found = is_impersonal(
        GRAPHQL,
        operation.selection_set,  # type: ignore[attr-defined]
        named,
        GRAPHQL.subscription_type,
    )

    assert found is may_be_shared


def test_without_their_person_a_viewer_keeps_their_rights_and_nothing_else() -> None:
    ada = replace(ANONYMOUS, person_id=ANYONE, name="Ada", roles=frozenset({Role.REQUESTER}))

    assert impersonal(ada) == replace(ada, name="")
    assert impersonal(ANONYMOUS) is ANONYMOUS


async def test_everybody_is_told_what_they_would_read_themselves(world: World, api: Api) -> None:
    acme, desk = world.acme, world.desk
    await Organization.filter(id=acme.organization.id).update(
        request_visibility=RequestVisibility.ORGANIZATION
    )
    people = [await person(world, f"Colleague {n}") for n in range(3)]
    agents = [await person(world, f"Agent {n}", Role.INCIDENT_RESOLVER) for n in range(2)]
    watchers = [*people, *agents, acme.ada, acme.bob, acme.grace, acme.max, world.root]
    ticket = await record_ticket(desk, acme.ada, subject="VPN drops", service_id=acme.service.id)
    for act in acts(world, agents[0], ticket):
        async with served(api) as address, AsyncExitStack() as stack:
            sockets = [await watch(stack, address, viewer, ticket) for viewer in watchers]
            await act()
            told = [await socket.told() for socket in sockets]
        for viewer, change in zip(watchers, told, strict=True):
            read = (await api.ask(viewer, READ, id=global_id("Ticket", ticket.id)))["ticket"]
            last = read.pop("events")["nodes"]
            assert change["ticket"] == read, viewer.name
            assert change["events"] in ([], last), viewer.name


async def test_an_event_is_read_once_for_all_with_the_same_rights(
    world: World, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Viewer] = []
    look = watch_module._look

    async def counted(viewer: Viewer, *rest: Any) -> Any:
        looks.append(viewer)
        return await look(viewer, *rest)

    agents = [await person(world, f"Agent {n}", Role.INCIDENT_RESOLVER) for n in range(20)]
    ticket = await record_ticket(world.desk, world.acme.ada, subject="Help")
    async with served(api) as address, AsyncExitStack() as stack:
        sockets = [await watch(stack, address, agent, ticket) for agent in agents]
        own = await watch(stack, address, world.acme.ada, ticket)
        monkeypatch.setattr(watch_module, "_look", counted)
        await add_reply(world.desk, world.acme.ada, ticket_id=ticket.id, body="Hello?")
        told = [await socket.told() for socket in [*sockets, own]]

    assert len({str(change["events"]) for change in told}) == 1
    assert [viewer.person_id for viewer in looks].count(ANYONE) == 2
    assert [viewer.person_id for viewer in looks if viewer.person_id != ANYONE] == [
        world.acme.ada.person_id
    ]


def acts(world: World, agent: Viewer, ticket: Ticket) -> list[Callable[[], Awaitable[Any]]]:
    desk, id = world.desk, ticket.id
    grace, ada = world.acme.grace, world.acme.ada
    return [
        lambda: add_reply(desk, ada, ticket_id=id, body="Every hour"),
        lambda: assign_ticket(desk, grace, ticket_id=id, assignee_id=agent.person_id),
        lambda: add_internal_note(desk, agent, ticket_id=id, body="Gateway 2"),
        lambda: resolve_ticket(desk, agent, ticket_id=id, resolution="New gateway"),
    ]


async def person(world: World, name: str, *roles: Role) -> Viewer:
    acme = world.acme
    email = f"{name.lower().replace(' ', '.')}@acme.example"
    teams = [acme.team] if roles else []
    return await viewer_of(
        await make_person(
            world.desk, acme.organization, *roles, name=name, email=email, teams=teams
        )
    )


async def watch(stack: AsyncExitStack, address: str, viewer: Viewer, ticket: Ticket) -> Watcher:
    id = global_id("Ticket", ticket.id)
    socket = await stack.enter_async_context(watching(address, viewer, WATCH, id=id))
    await socket.told()
    return socket
