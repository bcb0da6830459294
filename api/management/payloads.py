"""Payloads of the acts on people, teams and organizations: what was acted on, or why not."""

from typing import Annotated

import strawberry

from api.management.words import reason, reasons, result
from api.people import Absence, Organization, Person, Team
from api.user_errors import (
    IdempotencyKeyReused,
    InvalidInput,
    NotFound,
    NotPermitted,
    Refusal,
    StaleVersion,
)

Refused = InvalidInput | NotFound | NotPermitted | IdempotencyKeyReused | Refusal
RefusedOrStale = Refused | StaleVersion


CreateOrganizationError = Annotated[
    Refused, reason("CreateOrganizationError", "the organization was not created")
]


@strawberry.type(description="Result of createOrganization.")
class CreateOrganizationPayload:
    organization: Organization | None = result("organization")
    errors: list[CreateOrganizationError] = reasons()


ChangeOrganizationError = Annotated[
    RefusedOrStale, reason("ChangeOrganizationError", "the organization was not changed")
]


@strawberry.type(description="Result of changeOrganization.")
class ChangeOrganizationPayload:
    organization: Organization | None = result("organization")
    errors: list[ChangeOrganizationError] = reasons()


CreateTeamError = Annotated[Refused, reason("CreateTeamError", "the team was not created")]


@strawberry.type(description="Result of createTeam.")
class CreateTeamPayload:
    team: Team | None = result("team")
    errors: list[CreateTeamError] = reasons()


RenameTeamError = Annotated[RefusedOrStale, reason("RenameTeamError", "the team was not renamed")]


@strawberry.type(description="Result of renameTeam.")
class RenameTeamPayload:
    team: Team | None = result("team")
    errors: list[RenameTeamError] = reasons()


AddTeamMemberError = Annotated[
    Refused, reason("AddTeamMemberError", "the person did not join the team")
]


@strawberry.type(description="Result of addTeamMember.")
class AddTeamMemberPayload:
    team: Team | None = result("team")
    errors: list[AddTeamMemberError] = reasons()


RemoveTeamMemberError = Annotated[
    Refused, reason("RemoveTeamMemberError", "the person did not leave the team")
]


@strawberry.type(description="Result of removeTeamMember.")
class RemoveTeamMemberPayload:
    team: Team | None = result("team")
    errors: list[RemoveTeamMemberError] = reasons()


AddTeamOrganizationError = Annotated[
    Refused, reason("AddTeamOrganizationError", "the team does not serve the organization")
]


@strawberry.type(description="Result of addTeamOrganization.")
class AddTeamOrganizationPayload:
    team: Team | None = result("team")
    errors: list[AddTeamOrganizationError] = reasons()


RemoveTeamOrganizationError = Annotated[
    Refused, reason("RemoveTeamOrganizationError", "the team still serves the organization")
]


@strawberry.type(description="Result of removeTeamOrganization.")
class RemoveTeamOrganizationPayload:
    team: Team | None = result("team")
    errors: list[RemoveTeamOrganizationError] = reasons()


CreatePersonError = Annotated[Refused, reason("CreatePersonError", "the person was not created")]


@strawberry.type(description="Result of createPerson.")
class CreatePersonPayload:
    person: Person | None = result("person")
    errors: list[CreatePersonError] = reasons()


ChangePersonError = Annotated[
    RefusedOrStale, reason("ChangePersonError", "the person was not changed")
]


@strawberry.type(description="Result of changePerson.")
class ChangePersonPayload:
    person: Person | None = result("person")
    errors: list[ChangePersonError] = reasons()


MovePersonError = Annotated[RefusedOrStale, reason("MovePersonError", "the person was not moved")]


@strawberry.type(description="Result of movePerson.")
class MovePersonPayload:
    person: Person | None = result("person")
    errors: list[MovePersonError] = reasons()


DeactivatePersonError = Annotated[
    RefusedOrStale, reason("DeactivatePersonError", "the person was not deactivated")
]


@strawberry.type(description="Result of deactivatePerson.")
class DeactivatePersonPayload:
    person: Person | None = result("person")
    errors: list[DeactivatePersonError] = reasons()


ReactivatePersonError = Annotated[
    RefusedOrStale, reason("ReactivatePersonError", "the person was not reactivated")
]


@strawberry.type(description="Result of reactivatePerson.")
class ReactivatePersonPayload:
    person: Person | None = result("person")
    errors: list[ReactivatePersonError] = reasons()


GrantRoleError = Annotated[Refused, reason("GrantRoleError", "the role was not granted")]


@strawberry.type(description="Result of grantRole.")
class GrantRolePayload:
    person: Person | None = result("person")
    errors: list[GrantRoleError] = reasons()


RevokeRoleError = Annotated[Refused, reason("RevokeRoleError", "the role was not revoked")]


@strawberry.type(description="Result of revokeRole.")
class RevokeRolePayload:
    person: Person | None = result("person")
    errors: list[RevokeRoleError] = reasons()


SetAbsenceError = Annotated[Refused, reason("SetAbsenceError", "the absence was not set")]


@strawberry.type(description="Result of setAbsence.")
class SetAbsencePayload:
    absence: Absence | None = result("absence")
    errors: list[SetAbsenceError] = reasons()


CancelAbsenceError = Annotated[
    Refused, reason("CancelAbsenceError", "the absence was not canceled")
]


@strawberry.type(description="Result of cancelAbsence.")
class CancelAbsencePayload:
    absence: Absence | None = result("absence")
    errors: list[CancelAbsenceError] = reasons()
