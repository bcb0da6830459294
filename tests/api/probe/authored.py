"""What authors do with an organization's articles, for the probe to look for."""

from foredesk.desk import Desk
from foredesk.knowledge.attach import attach_file
from foredesk.knowledge.authoring import ArticleAct, ArticleNotice, ArticleNoticeKind
from foredesk.knowledge.notices import note_act
from foredesk.knowledge.propose import propose_revision
from foredesk.people.models import RoleGrant
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from tests.api.world import House


async def author(desk: Desk, house: House) -> None:
    """A file, an event and a proposal for each of its articles; notices for an agent of it, for its
    requester, who is to see none, and for an administrator."""
    grant = await RoleGrant.filter(role=Role.ADMINISTRATOR).first()
    people = {house.ada.person_id, house.grace.person_id, grant.person_id if grant else None}
    for article in house.articles.values():
        await attach_file(
            desk,
            SYSTEM,
            article_id=article.id,
            name=f"{house.organization.name}.txt",
            content=b"text",
        )
        await note_act(
            desk, article, ArticleAct.RETURNED, None, f"Words of {house.organization.name}"
        )
        if article.state.value == "published":
            await propose_revision(
                desk, SYSTEM, article_id=article.id, body=f"Proposed by {house.organization.name}"
            )
        for person_id in filter(None, people):
            await ArticleNotice.create(
                article_id=article.id,
                person_id=person_id,
                kind=ArticleNoticeKind.RETURNED,
                note=f"Notice of {house.organization.name}",
                created_at=desk.now(),
            )
