"""Articles that change without end, the same way each time: a feed that needs no database."""

from collections.abc import AsyncIterator, Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from foredesk.ports import ArticleChange, IndexDocument

ARTICLES = 40
LOCALES = ("en", "de", "ja")
REMOVED_EVERY = 7
WORD = "badge"
"""In every article, whatever its language."""


class ChangingFeed:
    """Change number n publishes or removes an article; all up to `revision` have happened."""

    def __init__(self, revision: int = 0) -> None:
        self.revision = 0
        self.found: dict[UUID, IndexDocument] = {}
        self._log: list[ArticleChange] = []
        self.advance(revision)

    def advance(self, revision: int) -> None:
        while self.revision < revision:
            self.revision += 1
            document = _document(self.revision)
            self._log.append(ArticleChange(self.revision, document.article_id))
            if self.revision % REMOVED_EVERY:
                self.found[document.article_id] = document
            else:
                self.found.pop(document.article_id, None)

    def expected(self, locale: str) -> dict[UUID, int]:
        """The revision of every article that is to be found in a language."""
        return {one.article_id: one.revision for one in self.found.values() if one.locale == locale}

    async def latest_revision(self) -> int:
        return self.revision

    async def changes_after(self, revision: int, *, limit: int) -> Sequence[ArticleChange]:
        return self._log[revision : revision + limit]

    async def documents(self, article_ids: Sequence[UUID]) -> Sequence[IndexDocument]:
        return [self.found[id] for id in article_ids if id in self.found]

    async def every_document(self) -> AsyncIterator[Sequence[IndexDocument]]:
        yield list(self.found.values())


def _document(revision: int) -> IndexDocument:
    """An article's language may change, too."""
    number = revision * 11 % ARTICLES
    return IndexDocument(
        article_id=uuid5(NAMESPACE_URL, f"article {number}"),
        revision=revision,
        locale=LOCALES[revision % len(LOCALES)],
        audience="public",
        organization_id=None,
        section="",
        tags=(),
        title=f"{WORD} {number}",
        headings=(),
        body=f"What is new in revision {revision}. " * (revision % 50),
        asked_as=(),
    )
