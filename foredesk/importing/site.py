"""Site: which address of the old help site was which article, in which language."""

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from foredesk.importing.document import Document

FALLBACK = "en"
_INDEX_NAMES = ("index", "readme")
_SUFFIXES = (".md", ".mdx", ".markdown", ".html", ".htm")


class Site:
    """Knows every document by its address and by its file, as Docusaurus and its like use them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._by_address: dict[tuple[str, str], Document] = {}
        self._locales = sorted({document.locale for document in documents})
        for document in documents:
            for address in (address_of(document), document.source.key, _folder_index(document)):
                if address is not None:
                    self._by_address.setdefault((document.locale, _normal(address)), document)

    def find(self, document: Document, path: str) -> Document | None:
        """What a link in `document` leads to: in its language, else in the fallback's."""
        for address in _candidates(document, path):
            if found := self._in_any_language(document.locale, address):
                return found
        return None

    def index_of(self, locale: str, folder: str) -> Document | None:
        """The document that stands for a folder."""
        return self._by_address.get((locale, _normal(folder)))

    def _in_any_language(self, locale: str, address: str) -> Document | None:
        first, _, below = address.partition("/")
        if first in self._locales and (found := self._by_address.get((first, below))):
            return found
        for language in (locale, FALLBACK, *self._locales):
            if found := self._by_address.get((language, address)):
                return found
        return None


def address_of(document: Document) -> str:
    """Where the old site showed it, below the language."""
    relative = document.source.relative
    own = document.address
    if own.startswith("/"):
        return own
    if own:
        return str(relative.parent / own)
    return _folder_index(document) or document.source.key


def _folder_index(document: Document) -> str | None:
    """Its folder, if it stands for that: `index.md`, `README.md`, or named like the folder."""
    relative = document.source.relative
    stem, folder = relative.stem.lower(), relative.parent
    if stem in _INDEX_NAMES or (folder.name and stem == folder.name.lower()):
        return str(folder)
    return None


def _candidates(document: Document, path: str) -> Iterator[str]:
    """Addresses that a path may mean: a file beside this one, or an address below this page's."""
    path = _without_suffix(path)
    if path.startswith("/"):
        yield _normal(path)
        return
    key = PurePosixPath(document.source.key)
    for base in (PurePosixPath(_normal(address_of(document))), key.parent, key):
        yield _normal(posixpath.join(str(base), path))
    yield _normal(path)


def _without_suffix(path: str) -> str:
    lowered = path.lower()
    for suffix in _SUFFIXES:
        if lowered.endswith(suffix):
            return path[: -len(suffix)]
    return path


def _normal(address: str) -> str:
    """Without `.`, `..`, case and slashes around; the root is empty."""
    return posixpath.normpath("/" + address.strip("/")).strip("/").casefold()
