"""Known errors: what helps until an error is mended, and that those who wait for it hear of it."""

import hashlib
import re
from uuid import UUID

from foredesk.desk import Desk
from foredesk.knowledge.models import Article, ArticleKind, ArticleState
from foredesk.knowledge.rendition import rendered

JOB = "push_known_error"
_HEADING = re.compile(r"^(#{1,6})[ \t][^\n]*\{#workaround\}[ \t]*#*[ \t]*$", re.M)


def is_known_error(article: Article) -> bool:
    """Whether people are told of it: it says so, and it is published."""
    return article.kind is ArticleKind.KNOWN_ERROR and article.state is ArticleState.PUBLISHED


async def workaround_of(article: Article) -> str:
    """What stands below the heading with the anchor `workaround`, as plain text; empty if nothing
    does."""
    written = workaround_in(article.body)
    return (await rendered(written, article.locale)).text.strip() if written else ""


def workaround_in(body: str) -> str:
    """As Markdown, up to the next heading that is no deeper."""
    heading = _HEADING.search(body)
    if heading is None:
        return ""
    rest = body[heading.end() :]
    end = re.search(rf"^#{{1,{len(heading[1])}}}[ \t]", rest, re.M)
    return rest[: end.start() if end else None].strip()


def digest_of(workaround: str) -> str:
    """The same as long as it says the same."""
    return hashlib.sha256(" ".join(workaround.split()).encode()).hexdigest()


async def announce_known_error(desk: Desk, article: Article) -> None:
    """Queue that those who wait are told, in the caller's transaction, if there is anything to
    tell. Whoever was told the same before is not told again."""
    if is_known_error(article):
        await desk.jobs.enqueue(JOB, {"article_id": str(article.id)})


async def known_error(article_id: UUID) -> Article | None:
    article = await Article.get_or_none(id=article_id)
    return article if article is not None and is_known_error(article) else None
