"""graphql-eslint finds nothing in the schema, when there is Node to run it."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from api.schema import SDL

HERE = Path(__file__).parent / "lint"
FILES = ("eslint.config.js", "package.json")


async def test_graphql_eslint_has_nothing_to_say_about_the_schema(tmp_path: Path) -> None:
    assert await problems(SDL.read_text("utf-8"), tmp_path) == []


WRONG = """
"X"
type things { a: Int }

"X"
type ThingConnection { "X" pageInfo: PageInfo! }

extend type Query { "X" things: things "X" connection: ThingConnection }
"""


async def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    found = {rule for rule, _ in await problems(SDL.read_text("utf-8") + WRONG, tmp_path)}

    assert {rule.removeprefix("@graphql-eslint/") for rule in found} >= {
        "naming-convention", "require-description", "relay-connection-types"
    }  # fmt: skip


async def problems(sdl: str, folder: Path) -> list[tuple[str, str]]:
    """Rule and message of each finding."""
    for file in FILES:
        shutil.copy(HERE / file, folder / file)
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    (folder / "schema.graphql").write_text(sdl, "utf-8")
    process = await asyncio.create_subprocess_exec(
        "node", "node_modules/eslint/bin/eslint.js", "-f", "json", "schema.graphql",
        cwd=folder, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, _ = await asyncio.wait_for(process.communicate(), 300)
    files: list[dict[str, Any]] = json.loads(printed)
    return [(found["ruleId"], found["message"]) for file in files for found in file["messages"]]
