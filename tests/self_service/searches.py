"""Searches as they are logged, made directly: what the figures count is not how they are found."""

from foredesk.desk import Desk
from foredesk.knowledge.deflection import record_deflection
from foredesk.knowledge.models import Article, DeflectionOutcome, Search, SearchChannel
from foredesk.people.viewer import Viewer


async def searched(
    desk: Desk,
    viewer: Viewer,
    *found: Article,
    visitor: str | None = None,
    text: str = "q",
    channel: SearchChannel = SearchChannel.SEARCH,
    shown: bool = True,
) -> Search:
    return await Search.create(
        text=text,
        locale="en",
        channel=channel,
        person_id=viewer.person_id,
        organization_id=viewer.organization_id,
        visitor=visitor,
        results=[str(article.id) for article in found],
        total=len(found),
        shown=shown,
        created_at=desk.now(),
    )


async def told(
    desk: Desk, viewer: Viewer, search: Search, article: Article, *outcomes: DeflectionOutcome
) -> None:
    for outcome in outcomes:
        await record_deflection(
            desk, viewer, search_id=search.id, article_id=article.id, outcome=outcome
        )
