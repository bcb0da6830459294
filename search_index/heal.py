"""Comparing what the index holds with what the database says."""

from uuid import UUID

from foredesk.ports import ArticleFeed
from search_index.store import Store


def stored_revisions(store: Store) -> dict[UUID, int]:
    """Every article in the store with its revision."""
    revisions: dict[UUID, int] = {}
    for locale in store.locales():
        revisions |= store.open(locale).revisions()
    return revisions


async def differing(feed: ArticleFeed, stored: dict[UUID, int]) -> list[UUID]:
    """Articles that one side has and the other has not, or has at another revision."""
    missing = dict(stored)
    wrong: list[UUID] = []
    async for documents in feed.every_document():
        for document in documents:
            if missing.pop(document.article_id, None) != document.revision:
                wrong.append(document.article_id)
    return [*wrong, *missing]
