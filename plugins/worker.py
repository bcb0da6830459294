"""The process of one isolated plugin: reads calls line by line, answers each with a line.

`python -m plugins.worker TARGET`, where the target is a file or `module:attribute`.
"""

import asyncio
import importlib
import inspect
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from foredesk.hooks import PROJECT, Context
from plugins.discovery import in_file
from plugins.wire import Unsendable, read, written


def main() -> None:
    """What the plugin prints goes to stderr, so that it can't get into the answers."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    subject = _loaded(sys.argv[1])
    config = subject.plugin.config
    make_config = dict if config is None else partial(_made, config)
    functions = _implementations(subject)
    answers.write(written({"ready": True}))
    with asyncio.Runner() as runner:
        for line in sys.stdin.buffer:
            answers.write(_answer(runner, functions, read(line, make_config)))


def _answer(
    runner: asyncio.Runner, functions: Mapping[str, Callable[..., Any]], call: dict[str, Any]
) -> bytes:
    try:
        return written({"value": runner.run(_called(functions[call["hook"]], call))})
    except Unsendable as problem:
        return written({"wrong": str(problem)})
    except BaseException as error:
        return written({"error": f"{type(error).__name__}: {error}"[:500]})


async def _called(function: Callable[..., Any], call: dict[str, Any]) -> Any:
    arguments = dict(call["arguments"])
    if "ctx" in arguments:
        arguments["ctx"] = Context(**arguments["ctx"])
    value = function(**arguments)
    return await value if inspect.isawaitable(value) else value


def _implementations(subject: Any) -> Mapping[str, Callable[..., Any]]:
    """The functions marked as hooks, by the hook's name."""
    found = {}
    for name in dir(subject):
        function = getattr(subject, name)
        options = getattr(function, f"{PROJECT}_impl", None)
        if isinstance(options, dict):
            found[options.get("specname") or name] = function
    return found


def _made(config: Callable[..., Any], values: Mapping[str, Any]) -> Any:
    return config(**values)


def _loaded(target: str) -> Any:
    if target.endswith(".py"):
        return in_file(Path(target)).load()
    module, _, attribute = target.partition(":")
    subject: Any = importlib.import_module(module)
    for part in attribute.split(".") if attribute else ():
        subject = getattr(subject, part)
    return subject() if isinstance(subject, type) else subject


def _end_with(parent: int) -> None:
    """A worker whose server was killed has nobody to answer."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()
