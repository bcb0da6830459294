"""The review queue: what waits for somebody to look at it before people read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foredesk.knowledge.authoring import ArticleProposal
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.propose import visible_proposals
from foredesk.knowledge.queries import visible_to
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class AwaitingReview:
    """An article in review, or a published one for which a revision is proposed."""

    article: Article
    since: datetime
    by_id: UUID | None
    proposal: ArticleProposal | None


async def review_queue(viewer: Viewer, *, first: int = 100) -> Sequence[AwaitingReview]:
    """What has waited longest comes first. Raises NotPermitted for who writes no articles."""
    require(viewer, Act.WRITE_ARTICLE)
    in_review = visible_to(viewer).filter(state=ArticleState.REVIEW)
    submitted = await in_review.order_by("submitted_at", "id").limit(first)
    proposals = await (
        visible_proposals(viewer).order_by("at", "id").limit(first).prefetch_related("article")
    )
    waiting = [
        AwaitingReview(one, one.submitted_at or one.updated_at, one.submitted_by_id, None)
        for one in submitted
    ]
    waiting += [AwaitingReview(one.article, one.at, one.author_id, one) for one in proposals]
    return sorted(waiting, key=lambda one: one.since)[:first]
