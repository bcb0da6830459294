"""What docs/importing.md, docs/knowledge.md and docs/self-service.md say is so."""

import re
from pathlib import Path

import pytest

from foredesk.importing.ticket_map import CHOICES, REQUESTER, TEXTS, TIMES, TicketMap
from foredesk.importing.values import Value
from foredesk.knowledge.admonitions import KINDS
from foredesk.knowledge.models import ArticleState, Audience
from foredesk.knowledge.publish import REACHABLE
from foredesk.knowledge.render import BODY_LIMIT
from foredesk.self_service.tally import DeflectionFigures

DOCS = Path(__file__).parents[2] / "docs"
IMPORTING = (DOCS / "importing.md").read_text(encoding="utf-8")
KNOWLEDGE = (DOCS / "knowledge.md").read_text(encoding="utf-8")
SELF_SERVICE = (DOCS / "self-service.md").read_text(encoding="utf-8")


def first_cells(text: str, heading: str) -> list[str]:
    """The first column of the table below the line that begins with `heading`."""
    below = text[text.index(heading) :].split("\n\n")
    table = next(part for part in below if part.startswith("|"))
    return [row.split("|")[1].strip() for row in table.splitlines()[2:]]


def test_the_map_in_the_documentation_can_be_read_and_shows_every_field(tmp_path: Path) -> None:
    written = re.search(r"```toml\n(.*?)```", IMPORTING, re.DOTALL)
    assert written is not None
    (tmp_path / "map.toml").write_text(written[1], encoding="utf-8")

    ticket_map = TicketMap.read(tmp_path / "map.toml")

    assert set(ticket_map.fields) == {*TEXTS, *TIMES, *CHOICES}
    assert set(ticket_map.requester) == set(REQUESTER)


def test_every_key_of_a_field_is_documented() -> None:
    documented = set(re.findall(r"`(\w+)`", " ".join(first_cells(IMPORTING, "A field is"))))

    assert documented == {*Value.__dataclass_fields__, "column", "format"}


@pytest.mark.parametrize("file", sorted((DOCS / "maps").glob("*.toml")), ids=lambda f: f.name)
def test_every_map_that_comes_along_can_be_read_and_is_named(file: Path) -> None:
    assert TicketMap.read(file).name
    assert f"(maps/{file.name})" in IMPORTING


def test_states_audiences_boxes_and_figures_are_documented() -> None:
    assert first_cells(KNOWLEDGE, "An article has") == [state.value for state in ArticleState]
    assert first_cells(KNOWLEDGE, "Every agent may") == [audience.value for audience in Audience]
    for kind in KINDS:
        assert f"`{kind}`" in KNOWLEDGE
    figures = [cell.strip("`") for cell in first_cells(SELF_SERVICE, "These stand side by side")]
    assert ["searches", *figures] == list(DeflectionFigures.__dataclass_fields__)
    assert f"{BODY_LIMIT:,}" in KNOWLEDGE
    assert f"{BODY_LIMIT:,}" in IMPORTING


def test_the_moves_that_are_documented_are_the_moves_there_are() -> None:
    rows = re.findall(r"^\| (\w+) \| [\w ]+ \| ([\w, ]+) \|$", KNOWLEDGE, re.MULTILINE)

    documented = {state: set(moves.split(", ")) for state, moves in rows[1:]}
    assert documented == {
        state.value: {reached.value for reached in reachable}
        for state, reachable in REACHABLE.items()
    }
