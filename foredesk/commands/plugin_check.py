"""Check one plugin, in a process of its own: `python -m foredesk.commands.plugin_check TARGET`.

Prints one line of JSON. The parent gives it a limited time, so a plugin that hangs when it is
imported hangs only this.
"""

import importlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from foredesk.hooks import CONTRACTS
from foredesk.settings import Settings
from foredesk.testing.contract import failures_of, hooks_of
from foredesk.testing.plugin_desk import PluginDesk
from plugins.discovery import Found, discover, in_file


def checked(target: str, config: Mapping[str, Any]) -> Mapping[str, Any]:
    """`target` is an installed plugin's name, a file, or a module to import."""
    desk = PluginDesk()
    found = _found(target)
    try:
        subject = found.load()
        desk.install(subject, **config)
        hooks = [_hook(desk, hook) for hook in dict.fromkeys(hooks_of(desk))]
    except (AssertionError, Exception, SystemExit) as problem:
        return {"name": found.name, "accepted": False, "reason": _reason(problem), "hooks": []}
    finally:
        desk.close()
    return {"name": found.name, "accepted": True, "reason": "", "hooks": hooks}


def _reason(problem: BaseException) -> str:
    if isinstance(problem, ModuleNotFoundError):
        return f"{problem}: is it installed?"
    return str(problem) if isinstance(problem, AssertionError) else repr(problem)


def _found(target: str) -> Found:
    if target.endswith(".py"):
        return in_file(Path(target))
    installed = (found for found in discover(Settings(load_plugins="*")) if found.name == target)
    return next(installed, Found(target, "module", lambda: importlib.import_module(target)))


def _hook(desk: PluginDesk, hook: str) -> Mapping[str, Any]:
    failures = [
        f"{facts}: {outcome.error}: {outcome.detail}" for facts, outcome in failures_of(desk, hook)
    ]
    (counted,) = (
        each for plugin in desk.host.report() for each in plugin["hooks"] if each["name"] == hook
    )
    return {
        "name": hook,
        "failures": failures,
        "p95_ms": counted["p95_ms"],
        "budget_ms": CONTRACTS[hook].budget * 1000,
    }


def main() -> None:
    """Arguments: the target, and its settings as JSON. What the plugin prints goes to stderr."""
    config = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    with os.fdopen(os.dup(1), "w") as answer:
        os.dup2(2, 1)
        answer.write(json.dumps(checked(sys.argv[1], config)) + "\n")


if __name__ == "__main__":
    main()
