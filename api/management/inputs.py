"""Inputs of the acts on people, teams and organizations."""

from datetime import datetime

import strawberry

from api.management.words import CLEARED, KEY, VERSION, maybe, optional, required
from foredesk.people.models import RequestVisibility
from foredesk.people.roles import Role

ORGANIZATION, TEAM, PERSON = "Organization to act on", "Team to act on", "Person to act on"


@strawberry.input(description="Input of createOrganization.")
class CreateOrganizationInput:
    slug: str = required("Short name in addresses: lower-case letters, digits, hyphens")
    name: str = required("Name, 1 to 120 characters")
    locale: str = strawberry.field(default="en", description="Language, such as en or de")
    time_zone: str = strawberry.field(default="UTC", description="Time zone, such as Europe/Berlin")
    request_visibility: RequestVisibility = strawberry.field(
        default=RequestVisibility.OWN, description="Whose requests its people see"
    )
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of changeOrganization. What is left out stays as it is.")
class ChangeOrganizationInput:
    organization_id: strawberry.ID = required(ORGANIZATION)
    name: strawberry.Maybe[str] = maybe("Name, 1 to 120 characters")
    locale: strawberry.Maybe[str] = maybe("Language, such as en or de")
    time_zone: strawberry.Maybe[str] = maybe("Time zone, such as Europe/Berlin")
    request_visibility: strawberry.Maybe[RequestVisibility] = maybe("Whose requests its people see")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of createTeam.")
class CreateTeamInput:
    key: str = required("Short name: lower-case letters, digits, hyphens")
    name: str = required("Name, 1 to 120 characters")
    organization_ids: list[strawberry.ID] | None = optional(
        "Organizations that it serves, at most 100"
    )
    is_confidential: bool = strawberry.field(
        default=False,
        description="Whether only its members and the requester see what it has; that stays so",
    )
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of renameTeam.")
class RenameTeamInput:
    team_id: strawberry.ID = required(TEAM)
    name: str = required("Name, 1 to 120 characters")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of addTeamMember.")
class AddTeamMemberInput:
    team_id: strawberry.ID = required(TEAM)
    person_id: strawberry.ID = required("Agent who joins it")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of removeTeamMember.")
class RemoveTeamMemberInput:
    team_id: strawberry.ID = required(TEAM)
    person_id: strawberry.ID = required("Agent who leaves it")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of addTeamOrganization.")
class AddTeamOrganizationInput:
    team_id: strawberry.ID = required(TEAM)
    organization_id: strawberry.ID = required("Organization that it serves from now on")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of removeTeamOrganization.")
class RemoveTeamOrganizationInput:
    team_id: strawberry.ID = required(TEAM)
    organization_id: strawberry.ID = required("Organization that it serves no more")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of createPerson.")
class CreatePersonInput:
    organization_id: strawberry.ID = required("Organization that the person belongs to")
    name: str = required("Name, 1 to 120 characters")
    email: str = required("E-mail address, which is theirs alone")
    phone: str = strawberry.field(default="", description="Telephone number, up to 40 characters")
    locale: str = strawberry.field(
        default="", description="Language, such as en or de; empty for the organization's"
    )
    time_zone: str = strawberry.field(
        default="", description="Time zone, such as Europe/Berlin; empty for the organization's"
    )
    roles: list[Role] | None = optional("Roles beside that of a requester, which everybody has")
    team_ids: list[strawberry.ID] | None = optional("Teams that the person joins, at most 100")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of changePerson. What is left out stays as it is.")
class ChangePersonInput:
    person_id: strawberry.ID = required(PERSON)
    name: strawberry.Maybe[str] = maybe("Name, 1 to 120 characters")
    email: strawberry.Maybe[str] = maybe("E-mail address, which is theirs alone")
    phone: strawberry.Maybe[str | None] = maybe(f"Telephone number; {CLEARED}")
    locale: strawberry.Maybe[str | None] = maybe(
        "Language, such as en or de; null for the organization's"
    )
    time_zone: strawberry.Maybe[str | None] = maybe(
        "Time zone, such as Europe/Berlin; null for the organization's"
    )
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of movePerson.")
class MovePersonInput:
    person_id: strawberry.ID = required(PERSON)
    organization_id: strawberry.ID = required("Organization that the person belongs to from now on")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of deactivatePerson.")
class DeactivatePersonInput:
    person_id: strawberry.ID = required(PERSON)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of reactivatePerson.")
class ReactivatePersonInput:
    person_id: strawberry.ID = required(PERSON)
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of grantRole.")
class GrantRoleInput:
    person_id: strawberry.ID = required(PERSON)
    role: Role = required("Role that the person gets")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of revokeRole.")
class RevokeRoleInput:
    person_id: strawberry.ID = required(PERSON)
    role: Role = required("Role that the person loses")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of setAbsence.")
class SetAbsenceInput:
    person_id: strawberry.ID | None = optional("Person who is away; the viewer if left out")
    starts_at: datetime = required("Start of the absence, included")
    ends_at: datetime = required("End of the absence, excluded; within 366 days of the start")
    substitute_id: strawberry.ID | None = optional("Agent who stands in for them")
    note: str = strawberry.field(default="", description="Note for agents, up to 500 characters")
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of cancelAbsence.")
class CancelAbsenceInput:
    absence_id: strawberry.ID = required("Absence to cancel, or to end now")
    idempotency_key: str | None = optional(KEY)
