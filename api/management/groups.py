"""Acts on groups: organizations, and the teams that serve them."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry

from api.acting import attempt_once, given, the_key
from api.context import Info
from api.fields import act
from api.management import inputs, payloads
from api.management.rows import again, each_of
from api.management.words import WHAT, kept
from api.people import Organization, Team
from foredesk.people import teams
from foredesk.people.enroll import form_team, register_organization
from foredesk.people.organizations import change_organization
from foredesk.people.queries import visible_organizations


@strawberry.type
class OrganizationMutation:
    @act(description="Takes an organization in")
    async def create_organization(
        self, info: Info, input: Annotated[inputs.CreateOrganizationInput, WHAT]
    ) -> payloads.CreateOrganizationPayload:
        done = await _organization(
            info,
            input,
            lambda once: register_organization(
                info.context.desk,
                info.context.viewer,
                slug=input.slug,
                name=input.name,
                locale=input.locale,
                time_zone=input.time_zone,
                request_visibility=input.request_visibility,
                once=once,
            ),
        )
        return payloads.CreateOrganizationPayload(**done)

    @act(description="Changes what is said of an organization, or whose requests its people see")
    async def change_organization(
        self, info: Info, input: Annotated[inputs.ChangeOrganizationInput, WHAT]
    ) -> payloads.ChangeOrganizationPayload:
        done = await _organization(
            info,
            input,
            lambda once: change_organization(
                info.context.desk,
                info.context.viewer,
                organization_id=the_key("Organization", input.organization_id, "organizationId"),
                name=kept(input.name),
                locale=kept(input.locale),
                time_zone=kept(input.time_zone),
                request_visibility=kept(input.request_visibility),
                expected_version=given(input.expected_version),
                once=once,
            ),
        )
        return payloads.ChangeOrganizationPayload(**done)


@strawberry.type
class TeamMutation:
    @act(
        description="Forms a team. What a confidential team has, only its members and the "
        "requester see, and no administrator who is not one of them."
    )
    async def create_team(
        self, info: Info, input: Annotated[inputs.CreateTeamInput, WHAT]
    ) -> payloads.CreateTeamPayload:
        async def form(once: Any) -> Any:
            visible = visible_organizations(info.context.viewer)
            return await form_team(
                info.context.desk,
                info.context.viewer,
                key=input.key,
                name=input.name,
                serves=await each_of(visible, given(input.organization_ids), "organizationIds"),
                is_confidential=input.is_confidential,
                once=once,
            )

        return payloads.CreateTeamPayload(**await _team(info, input, form))

    @act(description="Gives a team another name")
    async def rename_team(
        self, info: Info, input: Annotated[inputs.RenameTeamInput, WHAT]
    ) -> payloads.RenameTeamPayload:
        done = await _team(
            info,
            input,
            lambda once: teams.rename_team(
                info.context.desk,
                info.context.viewer,
                **_of_team(input),
                name=input.name,
                expected_version=given(input.expected_version),
                once=once,
            ),
        )
        return payloads.RenameTeamPayload(**done)

    @act(
        description="Lets an agent into a team; nobody lets themselves into a confidential one. "
        "Managers manage their own teams, administrators all."
    )
    async def add_team_member(
        self, info: Info, input: Annotated[inputs.AddTeamMemberInput, WHAT]
    ) -> payloads.AddTeamMemberPayload:
        done = await _team(
            info, input, lambda once: _member(info, input, teams.add_team_member, once)
        )
        return payloads.AddTeamMemberPayload(**done)

    @act(description="Lets an agent leave a team; what they had of it goes back to the team")
    async def remove_team_member(
        self, info: Info, input: Annotated[inputs.RemoveTeamMemberInput, WHAT]
    ) -> payloads.RemoveTeamMemberPayload:
        done = await _team(
            info, input, lambda once: _member(info, input, teams.remove_team_member, once)
        )
        return payloads.RemoveTeamMemberPayload(**done)

    @act(description="Has a team serve an organization from now on")
    async def add_team_organization(
        self, info: Info, input: Annotated[inputs.AddTeamOrganizationInput, WHAT]
    ) -> payloads.AddTeamOrganizationPayload:
        done = await _team(
            info, input, lambda once: _customer(info, input, teams.add_team_customer, once)
        )
        return payloads.AddTeamOrganizationPayload(**done)

    @act(
        description="Has a team serve an organization no more: its members see nothing of it "
        "unless by another team. Requests that the team has stay with it."
    )
    async def remove_team_organization(
        self, info: Info, input: Annotated[inputs.RemoveTeamOrganizationInput, WHAT]
    ) -> payloads.RemoveTeamOrganizationPayload:
        done = await _team(
            info, input, lambda once: _customer(info, input, teams.remove_team_customer, once)
        )
        return payloads.RemoveTeamOrganizationPayload(**done)


def _of_team(input: Any) -> dict[str, Any]:
    """Raises NotFound."""
    return {"team_id": the_key("Team", input.team_id, "teamId")}


async def _member(info: Info, input: Any, use: Callable[..., Awaitable[Any]], once: Any) -> Any:
    return await use(
        info.context.desk,
        info.context.viewer,
        **_of_team(input),
        person_id=the_key("Person", input.person_id, "personId"),
        once=once,
    )


async def _customer(info: Info, input: Any, use: Callable[..., Awaitable[Any]], once: Any) -> Any:
    return await use(
        info.context.desk,
        info.context.viewer,
        **_of_team(input),
        organization_id=the_key("Organization", input.organization_id, "organizationId"),
        once=once,
    )


async def _organization(
    info: Info, input: Any, use: Callable[[Any], Awaitable[Any]]
) -> dict[str, Any]:
    row, errors = await attempt_once(info, input, use, again(info, Organization))
    return {"organization": Organization(row=row) if row else None, "errors": errors}


async def _team(info: Info, input: Any, use: Callable[[Any], Awaitable[Any]]) -> dict[str, Any]:
    row, errors = await attempt_once(info, input, use, again(info, Team))
    return {"team": Team(row=row) if row else None, "errors": errors}
