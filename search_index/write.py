"""Putting articles into a store and taking them out."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from foredesk.ports import IndexDocument
from search_index.schema import entry
from search_index.store import Store

MEMORY_MB = 64


def replace_articles(
    store: Store, article_ids: Iterable[UUID], documents: Iterable[IndexDocument]
) -> None:
    """Index the documents; those of the articles that have none are gone afterwards."""
    ids = [str(id) for id in article_ids]
    by_locale = _by_locale(documents)
    for locale in sorted({*store.locales(), *by_locale}):
        index = store.open_or_create(locale)
        stale = _known(index, ids)
        fresh = by_locale.get(locale, [])
        if stale or fresh:
            _commit(store, locale, index, stale, fresh)


class Build:
    """Fills a new store, one open writer per locale, until `finish`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writers: dict[str, Any] = {}
        self._seen: set[UUID] = set()

    def add(self, documents: Sequence[IndexDocument]) -> None:
        for document in documents:
            if document.article_id not in self._seen:
                self._seen.add(document.article_id)
                self._writer(document.locale).add_document(**entry(document))

    def finish(self, revision: int) -> int:
        """Commit; returns the number of articles."""
        for locale, writer in self._writers.items():
            self._store.commit(locale, writer)
        self._store.revision = revision
        return len(self._seen)

    def cancel(self) -> None:
        for writer in self._writers.values():
            writer.cancel()

    def _writer(self, locale: str) -> Any:
        if locale not in self._writers:
            index = self._store.open_or_create(locale)
            self._writers[locale] = index.writer(limitmb=MEMORY_MB)
        return self._writers[locale]


def _by_locale(documents: Iterable[IndexDocument]) -> dict[str, list[IndexDocument]]:
    ordered = sorted(documents, key=lambda document: document.locale)
    return {locale: list(group) for locale, group in groupby(ordered, lambda d: d.locale)}


def _known(index: Any, ids: Iterable[str]) -> list[str]:
    with index.reader() as reader:
        return [id for id in ids if ("id", id) in reader]


def _commit(
    store: Store, locale: str, index: Any, stale: Iterable[str], fresh: Iterable[IndexDocument]
) -> None:
    writer = index.writer(limitmb=MEMORY_MB)
    try:
        for id in stale:
            writer.delete_by_term("id", id)
        for document in fresh:
            writer.add_document(**entry(document))
    except BaseException:
        writer.cancel()
        raise
    store.commit(locale, writer)
