"""Runs the Python of a page of the docs, so that it can't be wrong."""

import ast
import inspect
import re
from pathlib import Path
from types import CodeType
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"


async def run_the_examples_of(page: str, names: dict[str, Any]) -> dict[str, Any]:
    """All blocks one after the other; returns the names they left behind."""
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert blocks
    for block in blocks:
        code = compile(block, page, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        assert isinstance(code, CodeType)
        result = eval(code, names)
        if inspect.isawaitable(result):
            await result
    return names
