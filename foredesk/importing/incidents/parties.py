"""Parties: who is named in an incident log, found or enrolled here."""

from collections.abc import Mapping
from typing import Any

from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.importing.report import Refused
from foredesk.importing.requesters import Requesters
from foredesk.importing.ticket_map import Requester
from foredesk.people.enroll import form_team
from foredesk.people.models import Person, Team
from foredesk.people.viewer import Viewer

CALLERS, RESOLVERS = "callers.example.org", "resolvers.example.org"
UNKNOWN = "Unknown caller"


class Parties:
    """Remembers whom it found, as long as `forget` is not called.

    Callers and resolvers become people of one organization, without a password and without rights;
    groups become teams that serve nobody.
    """

    def __init__(self, desk: Desk, viewer: Viewer, organization: str) -> None:
        self._desk, self._viewer, self._organization = desk, viewer, organization
        self._people = Requesters(desk, viewer, organization)
        self._teams: dict[str, Team] = {}

    async def caller(self, name: str) -> Person:
        return await self._people.find(_person(name or UNKNOWN, CALLERS))

    async def holder(self, group: str, resolver: str) -> Mapping[str, Any]:
        """What an assignment says of who has it."""
        team = await self._team(group) if group else None
        person = await self._people.find(_person(resolver, RESOLVERS)) if resolver else None
        return {
            "team_id": str(team.id) if team else None,
            "assignee_id": str(person.id) if person else None,
        }

    def forget(self) -> None:
        """What was found was rolled back."""
        self._people.forget()
        self._teams.clear()

    async def _team(self, name: str) -> Team:
        if name not in self._teams:
            key = f"{self._organization}-{'-'.join(name.lower().split())}"
            found = await Team.get_or_none(key=key)
            self._teams[name] = found or await self._formed(key, name)
        return self._teams[name]

    async def _formed(self, key: str, name: str) -> Team:
        try:
            return await form_team(self._desk, self._viewer, key=key, name=name, serves=[])
        except DeskError as refusal:
            raise Refused(f"assignment_group: {name!r}: {refusal.message}") from refusal


def _person(name: str, domain: str) -> Requester:
    return Requester(f"{'-'.join(name.lower().split())}@{domain}", name)
