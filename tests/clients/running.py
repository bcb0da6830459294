"""Run a program in Node, beside the server in this event loop."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "node"


async def node(script: str, *arguments: str) -> Any:
    """What a script printed, as JSON."""
    return json.loads(await run("node", script, *arguments))


async def tool(name: str, *arguments: str, folder: Path = HERE) -> str:
    """What a command of one of the packages printed."""
    return await run(str(HERE / "node_modules/.bin" / name), *arguments, folder=folder)


async def run(program: str, *arguments: str, folder: Path = HERE) -> str:
    process = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "NODE_NO_WARNINGS": "1", "CI": "true"},
    )
    printed, complained = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, (printed + complained).decode()
    return printed.decode()
