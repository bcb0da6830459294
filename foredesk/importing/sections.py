"""Sections: where an article stands, named by the documents that stand for its folders."""

from pathlib import PurePosixPath

from foredesk.importing.document import Document
from foredesk.importing.site import Site

BETWEEN = " › "
DEPTH = 2
_LIMIT = 200


def section_of(document: Document, site: Site) -> str:
    """The titles of its outer folders; empty at the top."""
    folders = document.source.relative.parent.parts[:DEPTH]
    names = [
        _title(document.locale, PurePosixPath(*folders[: number + 1]), site)
        for number in range(len(folders))
    ]
    return BETWEEN.join(names)[:_LIMIT]


def _title(locale: str, folder: PurePosixPath, site: Site) -> str:
    index = site.index_of(locale, str(folder))
    return index.title if index else folder.name.replace("-", " ").replace("_", " ").capitalize()
