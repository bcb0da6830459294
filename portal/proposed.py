"""What is proposed for an article, as its page and its editor show it."""

from dataclasses import dataclass

from foredesk.knowledge.authoring import ArticleProposal
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.propose import proposal_differences, visible_proposals
from foredesk.knowledge.second_person import needs_second_person
from foredesk.knowledge.versions import VersionDifferences
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from portal.authors import may_do
from portal.people_named import names_of


@dataclass(frozen=True, slots=True)
class Proposed:
    """`by` is empty for somebody whom the viewer may not see."""

    row: ArticleProposal
    differences: VersionDifferences
    by: str
    is_own: bool
    may_accept: bool
    may_decline: bool
    is_behind: bool
    """The article has changed since it was proposed."""


async def proposal_for(viewer: Viewer, article: Article) -> ArticleProposal | None:
    return await visible_proposals(viewer).filter(article_id=article.id).first()


async def proposed(viewer: Viewer, article: Article) -> Proposed | None:
    row = await proposal_for(viewer, article)
    differences = await proposal_differences(viewer, article_id=article.id) if row else None
    if row is None or differences is None:
        return None
    is_own = row.author_id == viewer.person_id
    publishes = may_do(viewer, Act.PUBLISH_ARTICLE, article)
    return Proposed(
        row=row,
        differences=differences,
        by=(await names_of(viewer, [row.author_id]))(row.author_id),
        is_own=is_own,
        may_accept=publishes and not (is_own and await needs_second_person(article)),
        may_decline=is_own or publishes,
        is_behind=row.base_version != article.version,
    )


async def is_proposed_first(article: Article) -> bool:
    """Whether a new version of it waits for somebody else before people read it."""
    return article.state is ArticleState.PUBLISHED and await needs_second_person(article)
