"""A desk with all its parts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from foredesk.composition import Parts
from foredesk.people import passwords
from tests.demo.loading import building


@pytest.fixture
async def parts(database: str, tmp_path: Path) -> AsyncIterator[Parts]:
    """Nothing is loaded yet."""
    async with building(database, tmp_path) as parts:
        yield parts


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 still, but for tests that load the demo's fifteen passwords over and over."""
    cheap = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", PasswordHash((cheap,)))
