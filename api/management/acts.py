"""Acts on people: who they are, where they belong, whether they are with us, and their roles."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry

from api.acting import attempt_once, given, the_key
from api.context import Info
from api.fields import act
from api.management import inputs, payloads
from api.management.rows import again, each_of, one_of
from api.management.words import WHAT, kept
from api.people import Person
from foredesk.people.activity import deactivate_person, reactivate_person
from foredesk.people.enroll import enroll_person
from foredesk.people.grants import grant_role, revoke_role
from foredesk.people.profile import change_person, move_person
from foredesk.people.queries import visible_organizations, visible_teams


@strawberry.type
class PeopleMutation:
    @act(
        description="Takes a person in. They can sign in once they have a password or an "
        "identity provider. Managers take in requesters where they serve, administrators anybody."
    )
    async def create_person(
        self, info: Info, input: Annotated[inputs.CreatePersonInput, WHAT]
    ) -> payloads.CreatePersonPayload:
        async def enroll(once: Any) -> Any:
            viewer = info.context.viewer
            return await enroll_person(
                info.context.desk,
                viewer,
                organization=await one_of(
                    visible_organizations(viewer), input.organization_id, "organizationId"
                ),
                name=input.name,
                email=input.email,
                phone=input.phone,
                locale=input.locale,
                time_zone=input.time_zone,
                roles=given(input.roles) or (),
                teams=await each_of(visible_teams(viewer), given(input.team_ids), "teamIds"),
                once=once,
            )

        return payloads.CreatePersonPayload(**await _done(info, input, enroll))

    @act(description="Changes what is said of a person: one's own, or as who manages them")
    async def change_person(
        self, info: Info, input: Annotated[inputs.ChangePersonInput, WHAT]
    ) -> payloads.ChangePersonPayload:
        done = await _done(
            info,
            input,
            lambda once: change_person(
                info.context.desk,
                info.context.viewer,
                **_person(input),
                name=kept(input.name),
                email=kept(input.email),
                phone=kept(input.phone),
                locale=kept(input.locale),
                time_zone=kept(input.time_zone),
                expected_version=given(input.expected_version),
                once=once,
            ),
        )
        return payloads.ChangePersonPayload(**done)

    @act(
        description="Moves a person to another organization. Their requests stay with the old "
        "one and theirs to see; others' requests there they see no more, nor coordinate them."
    )
    async def move_person(
        self, info: Info, input: Annotated[inputs.MovePersonInput, WHAT]
    ) -> payloads.MovePersonPayload:
        done = await _done(
            info,
            input,
            lambda once: move_person(
                info.context.desk,
                info.context.viewer,
                **_person(input),
                organization_id=the_key("Organization", input.organization_id, "organizationId"),
                expected_version=given(input.expected_version),
                once=once,
            ),
        )
        return payloads.MovePersonPayload(**done)

    @act(
        description="Ends a person's access, sessions and tokens at once; what they worked on "
        "goes back to its teams. What they asked for and said stays."
    )
    async def deactivate_person(
        self, info: Info, input: Annotated[inputs.DeactivatePersonInput, WHAT]
    ) -> payloads.DeactivatePersonPayload:
        done = await _done(
            info,
            input,
            lambda once: deactivate_person(
                info.context.desk,
                info.context.viewer,
                **_person(input),
                expected_version=given(input.expected_version),
                once=once,
            ),
        )
        return payloads.DeactivatePersonPayload(**done)

    @act(description="Lets a person in again, with the roles and teams they had")
    async def reactivate_person(
        self, info: Info, input: Annotated[inputs.ReactivatePersonInput, WHAT]
    ) -> payloads.ReactivatePersonPayload:
        done = await _done(
            info,
            input,
            lambda once: reactivate_person(
                info.context.desk,
                info.context.viewer,
                **_person(input),
                expected_version=given(input.expected_version),
                once=once,
            ),
        )
        return payloads.ReactivatePersonPayload(**done)

    @act(description="Gives a person a role; nobody gives themselves one")
    async def grant_role(
        self, info: Info, input: Annotated[inputs.GrantRoleInput, WHAT]
    ) -> payloads.GrantRolePayload:
        done = await _done(
            info,
            input,
            lambda once: grant_role(
                info.context.desk,
                info.context.viewer,
                **_person(input),
                role=input.role,
                once=once,
            ),
        )
        return payloads.GrantRolePayload(**done)

    @act(description="Takes a role away from a person; an administrator always remains")
    async def revoke_role(
        self, info: Info, input: Annotated[inputs.RevokeRoleInput, WHAT]
    ) -> payloads.RevokeRolePayload:
        done = await _done(
            info,
            input,
            lambda once: revoke_role(
                info.context.desk,
                info.context.viewer,
                **_person(input),
                role=input.role,
                once=once,
            ),
        )
        return payloads.RevokeRolePayload(**done)


def _person(input: Any) -> dict[str, Any]:
    """Raises NotFound."""
    return {"person_id": the_key("Person", input.person_id, "personId")}


async def _done(info: Info, input: Any, use: Callable[[Any], Awaitable[Any]]) -> dict[str, Any]:
    row, errors = await attempt_once(info, input, use, again(info, Person))
    return {"person": Person(row=row) if row else None, "errors": errors}
