"""Collect the portal's sentences into the catalogues: `python -m portal.locale.update`.

New sentences arrive untranslated, changed ones lose their translation, unused ones leave.
"""

from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from portal.words import NAMES, SOURCE

PORTAL = Path(__file__).parent.parent
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "extensions": "jinja2.ext.do"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "words": None,
    "self": None,
    "marked": None,
    "count": (1, 2),
}


def sentences() -> Catalog:
    """Every sentence that templates and views say, with the places where they do."""
    found = Catalog()
    for file, line, text, comments, context in extract_from_dir(
        PORTAL, METHODS, OPTIONS, KEYWORDS, strip_comment_tags=True
    ):
        found.add(text, locations=[(file, line)], auto_comments=comments, context=context)
    return found


def catalogue(language: str) -> Path:
    return PORTAL / "locale" / language / "LC_MESSAGES" / "portal.po"


def update(language: str) -> None:
    file, found = catalogue(language), sentences()
    known = Catalog(locale=language, project="Foredesk", header_comment="", fuzzy=False)
    if file.exists():
        with file.open("rb") as stored:
            known = read_po(stored, locale=language)
    known.update(found, no_fuzzy_matching=True)
    known.obsolete.clear()
    known.header_comment, known.fuzzy = f"# The portal in {NAMES[language]}.", False
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stored:
        write_po(stored, known, width=100, omit_header=False, include_lineno=False)


if __name__ == "__main__":
    for language in NAMES.keys() - {SOURCE}:
        update(language)
