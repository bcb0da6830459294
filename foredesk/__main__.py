"""foredesk: the command line."""

import sys
from collections.abc import Iterable
from importlib import import_module

import typer

import foredesk.parts_path  # noqa: F401 # first: finds the sibling packages in a wheel

COMMANDS = {
    "serve": "serve",
    "work": "work",
    "demo": "demo",
    "migrate": "migrate",
    "reindex": "reindex",
    "doctor": "doctor",
    "token": "token",
    "jobs": "jobs",
    "replay": "replay",
}
"""Commands and the modules of `foredesk.commands` that hold a function of the same name."""

GROUPS = {
    "import": ("importing", "app", "Bring in knowledge and tickets from elsewhere."),
    "export": ("exporting", "app", "Write what is kept here as files."),
    "agreements": ("agreements", "app", "What was promised, as files."),
    "calendars": ("calendars", "app", "Working hours, holidays and exceptions."),
    "plugins": ("plugins", "app", "List what is installed."),
    "plugin": ("plugins", "author", "Write a plugin, and check one."),
    "graphql": ("graphql", "app", "What clients build on."),
}
"""Commands with commands of their own: module, name of the application in it, help."""


def main() -> None:
    """Import only the module of the command that is called: listing plugins needs no server."""
    called = sys.argv[1] if len(sys.argv) > 1 else ""
    build([called] if called in COMMANDS or called in GROUPS else [*COMMANDS, *GROUPS])()


def build(names: Iterable[str]) -> typer.Typer:
    """The application with these commands."""
    app = typer.Typer(
        name="foredesk",
        help="A customer-service desk whose knowledge base answers first.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_foredesk)
    for name in names:
        if name in COMMANDS:
            app.command(name)(getattr(_module(COMMANDS[name]), name))
        else:
            module, group, text = GROUPS[name]
            app.add_typer(getattr(_module(module), group), name=name, help=text)
    return app


def _foredesk() -> None:
    """A customer-service desk whose knowledge base answers first."""


def _module(name: str) -> object:
    return import_module(f"foredesk.commands.{name}")


if __name__ == "__main__":
    main()
