"""A feed in memory: the port, without a database."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from foredesk.ports import ArticleChange, IndexDocument

NAMES = UUID("5f0f3a54-0c3e-4a53-8c3f-6f1f6a0a9b11")


def article(name: str, title: str, body: str = "", **changes: object) -> IndexDocument:
    document = IndexDocument(
        article_id=article_id(name),
        revision=0,
        locale="en",
        audience="public",
        organization_id=None,
        section="",
        tags=(),
        title=title,
        headings=(),
        body=body,
        asked_as=(),
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def article_id(name: str) -> UUID:
    return uuid5(NAMES, name)


class MemoryFeed:
    def __init__(self, *documents: IndexDocument) -> None:
        self.log: list[ArticleChange] = []
        self.found: dict[UUID, IndexDocument] = {}
        self.asked_for: list[UUID] = []
        self.publish(*documents)

    def publish(self, *documents: IndexDocument) -> None:
        for document in documents:
            self._note(document.article_id)
            self.found[document.article_id] = replace(document, revision=len(self.log))

    def remove(self, name: str) -> None:
        self._note(article_id(name))
        self.found.pop(article_id(name), None)

    async def latest_revision(self) -> int:
        return len(self.log)

    async def changes_after(self, revision: int, *, limit: int) -> Sequence[ArticleChange]:
        return self.log[revision : revision + limit]

    async def documents(self, article_ids: Sequence[UUID]) -> Sequence[IndexDocument]:
        self.asked_for += article_ids
        return [self.found[id] for id in article_ids if id in self.found]

    async def every_document(self) -> AsyncIterator[Sequence[IndexDocument]]:
        documents = list(self.found.values())
        for i in range(0, len(documents), 50):
            yield documents[i : i + 50]

    def _note(self, id: UUID) -> None:
        self.log.append(ArticleChange(len(self.log) + 1, id))
