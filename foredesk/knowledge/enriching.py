"""Enriching: words that plugins add to articles, for the search to find them by."""

from collections.abc import Sequence
from dataclasses import replace

from foredesk import ports
from foredesk.hooks import DocumentFacts

BODY_LIMIT = 300_000
LIST_LIMIT = 500
TEXT_LIMIT = 500


async def enriched(
    hooks: ports.Hooks | None, documents: Sequence[ports.IndexDocument]
) -> list[ports.IndexDocument]:
    """The documents as the index takes them in. A plugin decides nothing but the words."""
    if hooks is None:
        return list(documents)
    return [await _enriched(hooks, one) for one in documents]


async def _enriched(hooks: ports.Hooks, document: ports.IndexDocument) -> ports.IndexDocument:
    if not hooks.listeners("enrich_document", document.organization_id):
        return document
    facts = DocumentFacts(
        article_id=document.article_id,
        title=document.title,
        locale=document.locale,
        section=document.section,
        tags=document.tags,
        headings=document.headings,
        body=document.body,
        asked_as=document.asked_as,
    )
    value, _ = await hooks.fold("enrich_document", document.organization_id, facts)
    if not isinstance(value, DocumentFacts):
        return document
    return replace(
        document,
        tags=_few(value.tags),
        headings=_few(value.headings),
        body=value.body[:BODY_LIMIT],
        asked_as=_few(value.asked_as),
    )


def _few(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text[:TEXT_LIMIT] for text in texts[:LIST_LIMIT])
