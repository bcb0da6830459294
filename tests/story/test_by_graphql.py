"""docs/story.md, executed against a real server process on both databases."""

import asyncio
from contextlib import nullcontext
from pathlib import Path

import pytest

from benchmarks.server_process import ServerProcess, serving
from examples.story.plugin import install_plugin
from examples.story.script import Step, differences, filled, read_script
from examples.story.stage import set_stage
from examples.story.tell import STORY, tell
from foredesk.channels.models import OutboxMail
from foredesk.database import connect, disconnect
from foredesk.settings import Settings
from tests.databases import empty_postgres_database

pytestmark = pytest.mark.process


async def outbox(database_url: str) -> list[tuple[str, str]]:
    await connect(database_url)
    try:
        mails = await OutboxMail.all().order_by("created_at", "id")
        return [(mail.recipient, mail.subject) for mail in mails]
    finally:
        await disconnect()


def test_the_story_comes_true_on_a_real_server(database_kind: str, tmp_path: Path) -> None:
    is_postgres = database_kind == "postgres"
    with empty_postgres_database("story") if is_postgres else nullcontext("") as url:
        settings = Settings(data_dir=tmp_path, database_url=url)
        stage = asyncio.run(set_stage(settings))
        environ = install_plugin(tmp_path)
        scenes: list[str] = []

        with serving(ServerProcess(tmp_path, database_url=url, environ=environ)) as server:
            tell(server.address, stage.tokens, scenes.append)

        assert len(scenes) == 8
        mails = asyncio.run(outbox(settings.database))
        assert {recipient for recipient, _ in mails} == {"ben@acme.example"}
        assert len(mails) == 5
        assert mails[-1][1] == "How did we do with your request 1?"


def test_every_block_of_the_story_is_told() -> None:
    text = STORY.read_text(encoding="utf-8")

    steps = list(read_script(text))

    assert len(steps) == text.count("```graphql ")
    assert text.count("```json ") == sum(1 + bool(step.variables) for step in steps)


def test_a_different_answer_is_noticed_wherever_it_is() -> None:
    kept = {"id": "x1"}

    assert differences({"a": [{"b": "${id}", "c": "…"}]}, {"a": [{"b": "x1", "c": 0}]}, kept) == []
    assert differences({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, kept) == [".a[0].b: wanted 1, got 2"]
    assert differences({"a": "…"}, {"a": None}, kept) == [".a: is null"]
    assert differences([1], [1, 2], kept) == [": wanted [1], got [1, 2]"]
    assert differences({"a": "${=new}"}, {"a": 7}, kept) == []
    assert filled({"x": ["${new}"]}, kept) == {"x": [7]}


def test_an_operation_without_an_answer_is_no_script() -> None:
    step = next(read_script("## One\n```graphql ada\nquery { x }\n```\n```json answer\n{}\n```\n"))

    assert step == Step("One", "ada", "query { x }\n", {}, {}, False)
