"""Putting articles into a store and taking them out."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from foredesk.ports import IndexDocument
from search_index.engine import LocaleIndex, Writer
from search_index.store import Store


def replace_articles(
    store: Store, article_ids: Iterable[UUID], documents: Iterable[IndexDocument]
) -> None:
    """Index the documents; those of the articles that have none are gone afterwards."""
    ids = [str(id) for id in article_ids]
    by_locale = _by_locale(documents)
    for locale in sorted({*store.locales(), *by_locale}):
        index = store.open_or_create(locale)
        stale = index.known(ids)
        fresh = by_locale.get(locale, [])
        if stale or fresh:
            _commit(store, locale, index, stale, fresh)


class Build:
    """Fills a new store, one open writer per locale, until `finish`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writers: dict[str, Writer] = {}
        self._seen: set[UUID] = set()

    def add(self, documents: Sequence[IndexDocument]) -> None:
        for document in documents:
            if document.article_id not in self._seen:
                self._seen.add(document.article_id)
                self._writer(document.locale).add(document)

    def finish(self, revision: int) -> int:
        """Commit; returns the number of articles."""
        for locale, writer in self._writers.items():
            self._store.commit(locale, writer)
        self._store.revision = revision
        return len(self._seen)

    def cancel(self) -> None:
        for writer in self._writers.values():
            writer.cancel()

    def _writer(self, locale: str) -> Writer:
        if locale not in self._writers:
            self._writers[locale] = self._store.open_or_create(locale).writer()
        return self._writers[locale]


def _by_locale(documents: Iterable[IndexDocument]) -> dict[str, list[IndexDocument]]:
    ordered = sorted(documents, key=lambda document: document.locale)
    return {locale: list(group) for locale, group in groupby(ordered, lambda d: d.locale)}


def _commit(
    store: Store,
    locale: str,
    index: LocaleIndex,
    stale: Iterable[str],
    fresh: Iterable[IndexDocument],
) -> None:
    writer = index.writer()
    try:
        for id in stale:
            writer.remove(id)
        for document in fresh:
            writer.add(document)
    except BaseException:
        writer.cancel()
        raise
    store.commit(locale, writer)
