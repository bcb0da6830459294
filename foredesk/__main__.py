"""foredesk: the command line."""

import typer

import foredesk.parts_path  # noqa: F401 # first: finds the sibling packages in a wheel
from foredesk.commands import importing, plugins
from foredesk.commands.demo import demo
from foredesk.commands.doctor import doctor
from foredesk.commands.jobs import jobs
from foredesk.commands.migrate import migrate
from foredesk.commands.reindex import reindex
from foredesk.commands.serve import serve
from foredesk.commands.token import token

app = typer.Typer(
    name="foredesk",
    help="A customer-service desk whose knowledge base answers first.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (serve, demo, migrate, reindex, doctor, token, jobs):
    app.command()(command)
app.add_typer(importing.app, name="import", help="Bring in knowledge and tickets from elsewhere.")
app.add_typer(plugins.app, name="plugins", help="List what is installed.")
app.add_typer(plugins.author, name="plugin", help="Write a plugin, and check one.")


def main() -> None:
    app()


if __name__ == "__main__":
    main()
