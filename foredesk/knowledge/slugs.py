"""Slugs: the last part of an article's address, in the article's own script."""

import re
import unicodedata

from foredesk.knowledge.models import Article

SLUG_LIMIT = 100
_LONGEST = 120  # of the column; what is left is for the number


def slug_of(title: str) -> str:
    """Letters, digits and their marks of any script, joined by hyphens; never empty."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    words = "".join(c if _belongs(c) else " " for c in folded).split()
    return _cut("-".join(words)) or "article"


def may_be_slug(text: str) -> bool:
    """Whether an article can have it: the database is not asked for anything else."""
    return "\0" not in text and 0 < len(text) <= _LONGEST and not _is_broken(text)


async def free_slug(wanted: str) -> str:
    """`wanted`, or with the first number that makes it unique. Call it in a transaction."""
    near = Article.filter(slug__startswith=wanted[: _LONGEST - 8])
    return unique_slug(wanted, {str(slug) for slug in await near.values_list("slug", flat=True)})


def unique_slug(wanted: str, taken: set[str]) -> str:
    slug, number = wanted, 2
    while slug in taken:
        slug = f"{wanted[: _LONGEST - 8]}-{number}"
        number += 1
    return slug


def anchor_of(heading: str) -> str:
    """The name of a heading within its page, as the sites make it that articles come from."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _belongs(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


def _cut(slug: str) -> str:
    if len(slug) <= SLUG_LIMIT:
        return slug
    whole, _, rest = slug[: SLUG_LIMIT + 1].rpartition("-")
    return whole or rest[:SLUG_LIMIT]


def _is_broken(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
