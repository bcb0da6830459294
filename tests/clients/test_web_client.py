"""The example that front-end teams copy: it compiles, is current, and does what it prints."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from api.schema import SDL
from tests.api.asking import api_of
from tests.api.serving import serving
from tests.api.world import World
from tests.clients.running import HERE, run

EXAMPLE = Path(__file__).parents[2] / "examples/web-client"
OWN = ("node_modules", "dist")
PRINTED = """\
Page 1
  #1 VPN of acme drops (OPEN)
  #2 Printer of acme jams (CLOSED)
Page 2
  #3 Mouse of acme is broken (OPEN)
Refused: subject: Say in a few words what you need.
Asked: #7 No coffee (OPEN)
Asked: #7 No coffee (OPEN)
Watching
Live: ReplyAdded: Since nine
Missed: ReplyAdded: It is back
"""


@pytest.fixture
async def example(tmp_path: Path) -> Path:
    """A compiled copy that finds the schema where the original does."""
    folder = tmp_path / "examples/web-client"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(*OWN))
    (tmp_path / "api").mkdir()
    shutil.copy(SDL, tmp_path / "api")
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    assert await run("node_modules/.bin/tsc", "-p", ".", folder=folder) == ""
    return folder


async def test_the_generated_code_is_current(example: Path) -> None:
    await run("node", "codegen.mjs", folder=example)

    assert _texts(example / "src/generated") == _texts(EXAMPLE / "src/generated"), (
        "write it with: npm run generate"
    )


async def test_it_repeats_only_what_it_may_and_goes_on_where_it_was(example: Path) -> None:
    printed = await run("node", "--test", "--test-reporter=tap", "dist/", folder=example)

    assert "\n# tests 8\n" in printed
    assert "\n# pass 8\n" in printed


async def test_a_desk_of_published_operations_takes_all_of_its_own(
    furnished: World, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = example / "src/generated/persisted-documents.json"
    settings = replace(
        furnished.desk.settings, trusted_documents="only", trusted_documents_file=str(manifest)
    )
    monkeypatch.setenv("DESK_TOKEN", str(furnished.acme.grace.person_id))
    monkeypatch.setenv("DESK_PUBLISHED", "1")

    async with (
        api_of(replace(furnished.desk, settings=settings)) as api,
        serving(api.app) as served,
    ):
        monkeypatch.setenv("DESK_URL", f"{served}/graphql")
        assert await run("node", "dist/demo.js", folder=example) == PRINTED


async def test_the_demonstration_reads_acts_is_refused_and_watches(
    furnished: World, address: str, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_URL", address)
    monkeypatch.setenv("DESK_TOKEN", str(furnished.acme.grace.person_id))

    assert await run("node", "dist/demo.js", folder=example) == PRINTED


def test_it_asks_for_the_very_packages_that_are_tried_here() -> None:
    asked = json.loads((EXAMPLE / "package.json").read_text("utf-8"))
    ours = json.loads((HERE / "package.json").read_text("utf-8"))
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]

    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert lock[f"node_modules/{name}"]["version"] == version, name
    assert asked["overrides"] == ours["overrides"]


def test_its_lock_is_of_these_packages_and_names_no_registry() -> None:
    text = (EXAMPLE / "package-lock.json").read_text("utf-8")
    asked = json.loads((EXAMPLE / "package.json").read_text("utf-8"))
    locked = json.loads(text)["packages"][""]

    assert '"resolved"' not in text
    assert [locked[kind] for kind in ("dependencies", "devDependencies")] == [
        asked[kind] for kind in ("dependencies", "devDependencies")
    ]


def _texts(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in folder.iterdir()}
