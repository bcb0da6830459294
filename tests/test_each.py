import logging

import pytest

from foredesk.database import ConnectionLost
from foredesk.each import each


async def test_one_that_fails_keeps_no_other_from_its_turn(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def halved(number: int) -> int:
        if number % 2:
            raise ValueError("odd")
        return number // 2

    with caplog.at_level(logging.ERROR):
        assert await each("Halving", [1, 2, 3, 4], halved) == [1, 2]
    assert [record.getMessage() for record in caplog.records] == [
        "Halving failed for 1 and is tried again",
        "Halving failed for 3 and is tried again",
    ]


async def test_without_a_database_nothing_more_is_tried(database: str) -> None:
    tried = []

    async def lost(number: int) -> None:
        tried.append(number)
        raise ConnectionLost("gone")

    with pytest.raises(ConnectionLost):
        await each("Losing", [1, 2], lost)
    assert tried == [1]
