"""The tables of settings and commands in docs/operations.md, as the code says they must be."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import typer

from foredesk import settings
from foredesk.__main__ import COMMANDS, GROUPS, build
from foredesk.settings import Settings

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
HEADS = {
    "settings": "| setting | default | meaning |\n|---|---|---|",
    "commands": "| command | does |\n|---|---|",
}


def settings_table() -> str:
    """One Markdown row per setting: name, default, and the words beside it in the code."""
    said = dict(_docstrings())
    rows = [
        f"| `{field.name}` | {f'`{field.default}`' if field.default not in ('', ()) else ''} "
        f"| {said[field.name]} |"
        for field in fields(Settings)
    ]
    return "\n".join(rows)


def commands_table(app: typer.Typer) -> str:
    """One Markdown row per command with the first line of its help."""
    return "\n".join(f"| `foredesk {name}` | {text} |" for name, text in _commands(app, ""))


def _docstrings() -> Iterator[tuple[str, str]]:
    (definition,) = [
        node
        for node in ast.parse(inspect.getsource(settings)).body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    ]
    for field, text in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
            assert isinstance(field.target, ast.Name)
            yield field.target.id, ast.literal_eval(text.value)


def _commands(app: typer.Typer, prefix: str) -> Iterator[tuple[str, str]]:
    for command in app.registered_commands:
        function = command.callback
        assert function is not None
        help = command.help or inspect.getdoc(function) or ""
        yield prefix + (command.name or function.__name__), help.splitlines()[0]
    for group in app.registered_groups:
        assert group.typer_instance is not None
        if group.typer_instance.registered_callback:
            yield prefix + str(group.name), str(group.help)
        yield from _commands(group.typer_instance, f"{prefix}{group.name} ")


def main() -> None:
    """Write the tables into docs/operations.md: python -m tests.docs.reference"""
    OPERATIONS.write_text(with_tables(OPERATIONS.read_text(encoding="utf-8")), encoding="utf-8")


def with_tables(page: str) -> str:
    """The page with both tables as they must be."""
    for name, table in (
        ("settings", settings_table()),
        ("commands", commands_table(build([*COMMANDS, *GROUPS]))),
    ):
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}\n\n{HEADS[name]}\n{table}\n\n{end}{after}"
    return page


if __name__ == "__main__":
    main()
