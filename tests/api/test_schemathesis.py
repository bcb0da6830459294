"""schemathesis: operations that somebody else makes up out of our schema.

A dozen for each field of the roots, as an agent; 1,000 and every role with FOREDESK_NIGHTLY=1.
"""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from foredesk.people.viewer import Viewer
from tests.api.asking import Api
from tests.api.serving import serving
from tests.api.world import World

PROGRAM = Path(sys.executable).with_name("schemathesis")
NIGHTLY = bool(os.environ.get("FOREDESK_NIGHTLY"))
EXAMPLES = 1000 if NIGHTLY else 12
PEOPLE = ["agent", "administrator", "requester"] if NIGHTLY else ["agent"]


@pytest.mark.process
@pytest.mark.parametrize("who", PEOPLE)
async def test_no_operation_that_fits_the_schema_breaks_the_api(
    furnished: World, api: Api, tmp_path: Path, who: str
) -> None:
    acme = furnished.acme
    people = {"agent": acme.grace, "administrator": furnished.root, "requester": acme.ada}
    async with serving(api.app) as address:
        printed, code = await judged(f"{address}/graphql", people[who], tmp_path)

    assert code == 0, printed[-8_000:]
    generated, passed = counts(printed)
    assert generated == passed
    assert generated > EXAMPLES * 10


def counts(printed: str) -> tuple[int, int]:
    found = re.search(r"([\d,]+) generated, ([\d,]+) passed", printed)
    assert found, printed[-8_000:]
    generated, passed = (int(number.replace(",", "")) for number in found.groups())
    return generated, passed


async def judged(url: str, viewer: Viewer, folder: Path) -> tuple[str, int | None]:
    process = await asyncio.create_subprocess_exec(
        PROGRAM, "run", url, "-H", f"Authorization: Bearer {viewer.person_id}",
        "--max-examples", str(EXAMPLES), "--workers", "1",
        "--exclude-checks", "positive_data_acceptance", "--generation-database", "none",
        cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    printed, _ = await process.communicate()
    return printed.decode(), process.returncode
