"""Stage: everybody who may ask, and everything that they may name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from graphql import is_required_argument
from hypothesis import strategies as st

from api.admission import Caller, Standing
from api.app import operations_of
from api.context import Context
from api.identifiers import global_id, parse_id
from api.nodes import KINDS
from api.operations.execute import Operations, Plans
from api.operations.request import OperationRequest
from api.rows import model_of
from api.schema import schema
from foredesk.desk import Desk
from foredesk.knowledge.models import Article
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer, viewer_of
from foredesk.tickets.models import Ticket
from tests.api.differential.compare import Comparison
from tests.api.world import World, furnish, make_world, world_desk
from tests.clock import Clock
from tests.people import make_person

WORDS = ["vpn", "printer jams", "VPN of acme", "", "en", "de", "zz", "portal", "network acme"]
PAGED = {"first", "last", "limit"}


@dataclass
class Stage:
    world: World
    people: list[tuple[str, Viewer | None]]
    ids: list[str] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    cursors: dict[str, list[str]] = field(default_factory=dict)

    def comparison(self, plans: Plans) -> Comparison:
        def make(plans: Plans) -> Operations:
            return operations_of(replace(self.world.desk.settings, graphql_plans=plans.value))

        return Comparison(make(Plans.OFF), make(plans))

    def contexts(self) -> dict[str, Callable[[], Context]]:
        """What makes a context for each who may ask, by their name."""
        return {name: partial(self._context, viewer) for name, viewer in self.people}

    def values(self, field: str, name: str, type_: Any) -> st.SearchStrategy[Any] | None:
        """Mostly what there is, and at times what there is not."""
        kind = str(type_)
        if field == "ticketChanged" and kind == "ID":
            return st.sampled_from([id for id in self.ids if kind_in(id) == "Ticket"])
        if kind == "ID":
            return st.sampled_from([*self.ids, *self.ids, "none", "VGlja2V0OjA"])
        if kind == "Int" and name in PAGED:
            return st.sampled_from([1, 2, 3, 4, 5, 2, 3, 100, 0, 101])
        if name == "number":
            return st.sampled_from([*self.numbers, 0, 999_999])
        if name in ("after", "before"):
            own = self.cursors.get(field)
            other = self.cursors["tickets"][0]
            return st.sampled_from([*own * 4, "?", other]) if own else st.none()
        if name == "slug":
            return st.sampled_from([*self.slugs, "none"])
        return st.sampled_from(WORDS) if kind == "String" else None

    def _context(self, viewer: Viewer | None) -> Context:
        caller = Caller(viewer) if viewer else Caller()

        async def admit() -> Caller:
            return caller

        return Context(self.world.desk, Standing(caller, admit))


async def make_stage(desk: Desk, clock: Clock, folder: Path) -> Stage:
    world = await make_world(await world_desk(desk, folder))
    await furnish(world, clock)
    stage = Stage(world, await _everybody(world))
    for name, kind in KINDS.items():
        rows: list[Any] = await model_of(kind).all()
        stage.ids += [global_id(name, row.id) for row in rows[:6]]
    stage.slugs = [row.slug for row in await Article.all()]
    stage.numbers = [row.number for row in await Ticket.all()]
    for name, text in _lists():
        stage.cursors[name] = await _cursors(stage, text)
    assert len([name for name, found in stage.cursors.items() if found]) > 5, stage.cursors
    return stage


def _lists() -> Iterator[tuple[str, str]]:
    """Each list that has cursors, and a query that asks for some of them."""
    edges = "(first: 3) { edges { cursor } }"
    for name, one in schema._schema.type_map["Query"].fields.items():
        if "after" in one.args and not any(map(is_required_argument, one.args.values())):
            yield name, f"{{ {name}{edges} }}"
    yield "events", f"{{ tickets(first: 1) {{ nodes {{ events{edges} }} }} }}"


async def _everybody(world: World) -> list[tuple[str, Viewer | None]]:
    """Nobody, the administrator, and each role of both organizations."""
    found: list[tuple[str, Viewer | None]] = [("nobody", None), ("root", world.root)]
    for house in (world.acme, world.globex):
        slug = house.organization.slug
        found += [(f"ada {slug}", house.ada), (f"bob {slug}", house.bob)]
        for role in sorted(set(Role) - {Role.REQUESTER, Role.ADMINISTRATOR}):
            person = await make_person(
                world.desk, house.organization, role, name=f"{role} {slug}", teams=[house.team]
            )
            found.append((f"{role} {slug}", await viewer_of(person)))
    return found


def kind_in(id: str) -> str:
    found = parse_id(id)
    return found[0] if found else ""


async def _cursors(stage: Stage, text: str) -> list[str]:
    plain = operations_of(stage.world.desk.settings)
    prepared = plain.prepare(OperationRequest(text), may_introspect=True)
    found: list[str] = []
    answer = await plain.execute(prepared, lambda: stage._context(stage.world.root))
    waiting: list[Any] = [answer.as_map()["data"]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found += [value["cursor"]] if "cursor" in value else []
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found
