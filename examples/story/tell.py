"""Tell the story to a running server, and check every answer."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from examples.story.script import Step, differences, filled, read_script

STORY = Path(__file__).parents[2] / "docs" / "story.md"
PATIENCE = 30.0


class NotAsTold(Exception):
    """The server answered something else than the story says."""


def tell(address: str, tokens: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Play every step in order. Raises NotAsTold with what was different."""
    kept: dict[str, Any] = {"in two hours": _in_two_hours()}
    scene = ""
    with httpx.Client(base_url=address, timeout=30) as client:
        for step in read_script(STORY.read_text(encoding="utf-8")):
            if step.scene != scene:
                scene = step.scene
                say(scene)
            _play(client, step, tokens[step.who], kept)


def _play(client: httpx.Client, step: Step, token: str, kept: dict[str, Any]) -> None:
    until = time.monotonic() + (PATIENCE if step.is_patient else 0)
    while True:
        body = _asked(client, step, token, kept)
        wrong = differences(step.answer, body.get("data"), kept)
        if not wrong and not body.get("errors"):
            return
        if time.monotonic() >= until:
            raise NotAsTold(f"{step.scene}\n{step.query}\n" + "\n".join(wrong) + f"\n{body}")
        time.sleep(0.2)


def _asked(client: httpx.Client, step: Step, token: str, kept: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(
        "/graphql",
        json={"query": step.query, "variables": filled(step.variables, kept)},
        headers={"authorization": f"Bearer {token}"},
    )
    body: dict[str, Any] = answer.json()
    return body


def _in_two_hours() -> str:
    at = (datetime.now(UTC) + timedelta(hours=2)).replace(microsecond=0)
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
