"""Placement: for whom an article is, who answers for it, and when it is looked over."""

from datetime import datetime

from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge.models import Article, Audience
from foredesk.people.policy import Act, Of, may
from foredesk.people.queries import visible_organizations, visible_people, visible_teams
from foredesk.people.viewer import Viewer


async def check_placement(viewer: Viewer, article: Article) -> None:
    """Raises InvalidInput or NotFound unless audience, organization, team and owner fit together.

    What a confidential team has, its articles are too.
    """
    if (article.organization_id is None) is (article.audience is Audience.ORGANIZATION):
        raise InvalidInput("audience", "Name an organization for its own articles, and only then.")
    if (article.team_id is None) is (article.audience is Audience.GROUP):
        raise InvalidInput("audience", "Name a team for its own articles, and only then.")
    await _check_organization(viewer, article)
    await _check_team(viewer, article)
    if article.owner_id not in (None, viewer.person_id):
        owner = visible_people(viewer).filter(id=article.owner_id)
        if not await owner.exists():
            raise NotFound("ownerId")


def moment(field: str, at: datetime | None) -> datetime | None:
    """Raises InvalidInput for a time of no zone."""
    if at is not None and at.tzinfo is None:
        raise InvalidInput(field, "Say the time with its zone.")
    return at


async def _check_organization(viewer: Viewer, article: Article) -> None:
    id = article.organization_id
    if id is None:
        return
    seen = await visible_organizations(viewer).filter(id=id).exists()
    if not seen or not may(viewer, Act.WRITE_ARTICLE, Of(id)):
        raise NotFound("organizationId")


async def _check_team(viewer: Viewer, article: Article) -> None:
    """Members write for their team, and administrators for every one that is open."""
    article.is_confidential = False
    if article.team_id is None:
        return
    team = await visible_teams(viewer).get_or_none(id=article.team_id)
    if team is None:
        raise NotFound("teamId")
    is_member = viewer.is_system or team.id in viewer.team_ids
    if not is_member and (team.is_confidential or not viewer.is_administrator):
        raise NotFound("teamId")
    article.is_confidential = team.is_confidential
