"""Requesters: the people who asked elsewhere, found or enrolled here."""

from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.importing.report import Refused, UnusableCall
from foredesk.importing.ticket_map import Requester
from foredesk.people.enroll import enroll_person, register_organization
from foredesk.people.models import Organization, Person
from foredesk.people.viewer import Viewer


class Requesters:
    """Remembers whom it found, as long as `forget` is not called."""

    def __init__(self, desk: Desk, viewer: Viewer, organization: str) -> None:
        self._desk, self._viewer, self._slug = desk, viewer, organization
        self._organization: Organization | None = None
        self._people: dict[str, Person] = {}

    async def find(self, requester: Requester) -> Person:
        """Known by their address, whatever organization they are in; enrolled if unknown.

        Raises Refused for an address or name that can't be one.
        """
        person = self._people.get(requester.email)
        if person is None:
            person = await Person.get_or_none(email=requester.email)
        if person is None:
            person = await self._enrolled(requester)
        self._people[requester.email] = person
        return person

    def forget(self) -> None:
        """What was found was rolled back."""
        self._organization = None
        self._people.clear()

    async def _enrolled(self, requester: Requester) -> Person:
        organization = await self._own_organization()
        try:
            return await enroll_person(
                self._desk,
                self._viewer,
                organization=organization,
                name=requester.name,
                email=requester.email,
            )
        except DeskError as refusal:
            raise Refused(f"requester: {refusal.message}") from refusal

    async def _own_organization(self) -> Organization:
        if self._organization is None:
            self._organization = await Organization.get_or_none(slug=self._slug)
        if self._organization is None:
            name = self._slug.replace("-", " ").capitalize()
            try:
                self._organization = await register_organization(
                    self._desk, self._viewer, slug=self._slug, name=name
                )
            except DeskError as refusal:
                raise UnusableCall(f"organization {self._slug!r}: {refusal.message}") from refusal
        return self._organization
