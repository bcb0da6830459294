"""foredesk token: issue an API token from the command line."""

from datetime import timedelta
from typing import Annotated

import typer

from foredesk.commands.running import give_up, read_settings, with_desk
from foredesk.composition import Parts
from foredesk.people.models import Person
from foredesk.people.roles import Scope
from foredesk.people.tokens import issue_token
from foredesk.people.viewer import SYSTEM


def token(
    email: Annotated[str, typer.Argument(help="E-mail address of the person it speaks for.")],
    days: Annotated[int, typer.Option(help="Days until it expires, at most 366.")] = 30,
    scope: Annotated[
        list[Scope] | None, typer.Option(help="What it may be used for; all if left out.")
    ] = None,
    name: Annotated[str, typer.Option(help="What it is for.")] = "Command line",
) -> None:
    """Issue an API token and print it; it can't be shown again."""

    async def work(parts: Parts) -> str:
        person = await Person.get_or_none(email=email.strip().lower(), is_active=True)
        if person is None:
            raise give_up(f"Nobody has the e-mail address {email}.")
        issued = await issue_token(
            parts.desk,
            SYSTEM,
            person=person,
            name=name,
            scopes=scope or list(Scope),
            expires_at=parts.desk.now() + timedelta(days=days),
        )
        return issued.secret

    typer.echo(with_desk(read_settings(), work))
