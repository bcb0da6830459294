"""Plan: which article each document becomes, before anything is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from foredesk.importing.document import Document
from foredesk.importing.links import rewritten
from foredesk.importing.report import Remark, Report
from foredesk.importing.sections import BETWEEN, section_of
from foredesk.importing.site import FALLBACK, Site
from foredesk.knowledge.bring_in import ArticleSource
from foredesk.knowledge.slugs import slug_of, unique_slug


def planned(
    name: str,
    documents: Sequence[Document],
    known: Mapping[str, str],
    taken: set[str],
    report: Report,
) -> list[ArticleSource]:
    """One source for each document with a title, in a stable order.

    `known` are the slugs of what was brought in before, by path, and `taken` those of all articles.
    A document without a title is only linked to: its file is broken now, its article is here.
    """
    documents = sorted(documents, key=_order)
    site = Site(documents)
    sections = {document.source.path: section_of(document, site) for document in documents}
    slugs = _slugs(name, documents, sections, known, taken)
    return [
        _source(name, document, site, sections, slugs, report)
        for document in documents
        if document.title
    ]


def path_of(name: str, document: Document) -> str:
    """By what the article is known again; `name` keeps several trees apart."""
    return f"{name}/{document.source.path}"


def _order(document: Document) -> tuple[bool, str, str]:
    return document.locale != FALLBACK, document.locale, document.source.path


def _slugs(
    name: str,
    documents: Sequence[Document],
    sections: Mapping[str, str],
    known: Mapping[str, str],
    taken: set[str],
) -> dict[str, str]:
    """A slug stays for good. A title that several articles of a language share is not enough."""
    shared = Counter((document.locale, slug_of(document.title)) for document in documents)
    slugs: dict[str, str] = {}
    for document in documents:
        slug = known.get(path_of(name, document))
        if slug is None:
            wanted = slug_of(document.title)
            if shared[document.locale, wanted] > 1:
                section = sections[document.source.path].replace(BETWEEN, " ")
                wanted = slug_of(f"{section} {document.title}")
            if wanted in taken:
                wanted = slug_of(f"{wanted[:80]}-{document.locale}")
            slug = unique_slug(wanted, taken)
        taken.add(slug)
        slugs[document.source.path] = slug
    return slugs


def _source(
    name: str,
    document: Document,
    site: Site,
    sections: Mapping[str, str],
    slugs: Mapping[str, str],
    report: Report,
) -> ArticleSource:
    def resolve(path: str) -> str | None:
        found = site.find(document, path)
        return slugs[found.source.path] if found else None

    def lost(target: str) -> None:
        reason = f"leads to nothing that was imported: {target}"
        report.notices.append(Remark(document.source.path, document.line_of(target), reason))

    document.prose.text = rewritten(document.prose.text, resolve, lost)
    return _digested(
        ArticleSource(
            path=path_of(name, document),
            digest="",
            slug=slugs[document.source.path],
            locale=document.locale,
            translation_group=uuid5(NAMESPACE_URL, f"foredesk:{name}/{document.source.key}"),
            title=document.title,
            body=document.prose.restored(),
            summary=document.summary,
            section=sections[document.source.path],
            tags=document.tags,
            is_draft=document.is_draft,
        )
    )


def _digested(source: ArticleSource) -> ArticleSource:
    """With the digest of everything that would be kept of it, so that a mended link counts too."""
    said = [
        source.locale,
        source.title,
        source.body,
        source.summary,
        source.section,
        source.tags,
        source.is_draft,
    ]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    return replace(source, digest=digest)
