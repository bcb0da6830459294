"""What is kept of an article in the index."""

from typing import Any

from whoosh import fields

from foredesk.ports import IndexDocument, Reader
from search_index.analysis import analyzer_for, readable, shingles, single_characters

SCHEMA_VERSION = 2
"""Part of the directory's name: raise it when fields or analysis change, and indexes rebuild."""

EXCERPT_FROM = 10_000
"""Characters of the body that are kept to take excerpts from; all of it is searched."""

PUBLIC = "public"
AGENTS = "agents"


def schema() -> fields.Schema:
    """Terms come from our own analysis, so Whoosh is handed lists and never analyzes text."""
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        revision=fields.STORED,
        body=fields.STORED,
        reach=fields.ID,
        section=fields.ID,
        service=_ranked(),
        title=_ranked(),
        whole_title=_ranked(),
        all=_ranked(),
        asked_as=_ranked(),
        shingles=_ranked(),
        words=_ranked(),
    )


def entry(document: IndexDocument) -> dict[str, Any]:
    """The fields of one article."""
    analyzer = analyzer_for(document.locale)
    title = readable(document.title)
    body = readable(document.body)
    around = [readable(text) for text in (*document.headings, *document.tags)]
    asked = [readable(text) for text in document.asked_as]
    title_terms, body_terms = analyzer.terms(title), analyzer.terms(body)
    around_terms = [term for text in around for term in analyzer.terms(text)]
    asked_terms = [analyzer.terms(text) for text in asked]
    grams = single_characters(title) + single_characters(body)
    return {
        "id": str(document.article_id),
        "revision": document.revision,
        "body": body[:EXCERPT_FROM],
        "reach": reach(document),
        "section": readable(document.section),
        "service": [str(id) for id in document.service_ids],
        "title": title_terms + single_characters(title),
        "whole_title": [whole] if (whole := analyzer.whole(title)) else [],
        "all": title_terms + around_terms + body_terms + grams,
        "asked_as": [term for terms in asked_terms for term in terms],
        "shingles": [
            pair for terms in (title_terms, body_terms, *asked_terms) for pair in shingles(terms)
        ],
        "words": [word for text in (title, *around, *asked) for word in analyzer.words(text)],
    }


def reach(document: IndexDocument) -> str:
    """Who can find it, as one term; nobody for an audience that is unknown."""
    if document.audience == "organization":
        return f"organization:{document.organization_id}"
    if document.audience == "group":
        return f"group:{document.team_id}"
    if document.audience == AGENTS and document.organization_id:
        return f"agents:{document.organization_id}"
    return document.audience if document.audience in (AGENTS, PUBLIC) else "nobody"


def reader_reach(reader: Reader) -> list[str]:
    """The terms of all that a reader can find."""
    terms = [PUBLIC, *(f"organization:{id}" for id in reader.organization_ids)]
    terms += [f"group:{id}" for id in reader.team_ids]
    if reader.is_agent:
        terms += [AGENTS, *(f"agents:{id}" for id in reader.organization_ids)]
    return terms


def _ranked() -> fields.TEXT:
    return fields.TEXT(phrase=False)
