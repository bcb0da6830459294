"""Write: what an article says, and every version of what it said."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, StaleVersion
from foredesk.identity import new_id
from foredesk.knowledge.changes import announce, next_revision, record_change
from foredesk.knowledge.models import Article, ArticleVersion, Audience
from foredesk.knowledge.queries import visible_to
from foredesk.knowledge.render import BODY_LIMIT
from foredesk.knowledge.rendition import rendered, take_over, write_links
from foredesk.knowledge.slugs import free_slug, slug_of
from foredesk.people.policy import Act, may, require
from foredesk.people.queries import visible_organizations, visible_people
from foredesk.people.viewer import Viewer
from foredesk.text import one_line, readable

TITLE_LIMIT = 200
SUMMARY_LIMIT = 500
TAG_LIMIT = 20
TAG_LENGTH = 60
VERSIONED = ("title", "summary", "body", "section", "tags")
"""What an article says; a change of it makes a new version."""


async def write_article(
    desk: Desk,
    viewer: Viewer,
    *,
    title: str,
    body: str,
    locale: str = "en",
    summary: str = "",
    section: str = "",
    tags: Iterable[str] = (),
    audience: Audience = Audience.PUBLIC,
    organization_id: UUID | None = None,
    owner_id: UUID | None = None,
    translation_of: UUID | None = None,
    review_at: datetime | None = None,
    slug: str = "",
) -> Article:
    """Write a draft. Without a summary the beginning of the text is taken.

    Raises InvalidInput for an unreadable title, a body that is too long or an audience that does
    not fit the organization, and NotFound for ids that are not the viewer's to see.
    """
    require(viewer, Act.WRITE_ARTICLE)
    content = cleaned(title=title, summary=summary, body=body, section=section, tags=tags)
    article = Article(
        **content,
        id=new_id(),
        locale=_locale(locale),
        audience=audience,
        organization_id=organization_id,
        owner_id=owner_id or viewer.person_id,
        review_at=review_at,
        created_at=desk.now(),
        updated_at=desk.now(),
    )
    await check_placement(viewer, article)
    article.translation_group = await _translation_group(viewer, translation_of)
    rendition = await rendered(article.body, article.locale)
    take_over(article, rendition)
    async with transaction():
        article.revision = await next_revision()
        article.slug = await free_slug(slug_of(slug or article.title))
        await article.save(force_create=True)
        await keep_version(article, viewer)
        await write_links(article, rendition)
        await record_change(article.id, article.revision)
        await announce(desk, article.id, article.revision)
    return article


async def revise_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    expected_version: int | None = None,
    title: str | None = None,
    body: str | None = None,
    summary: str | None = None,
    section: str | None = None,
    tags: Iterable[str] | None = None,
) -> Article:
    """Say it anew, and keep what it said. What is None stays; no difference, no new version.

    Raises NotFound, InvalidInput, and StaleVersion when the article is not at the expected
    version any more.
    """
    require(viewer, Act.WRITE_ARTICLE)
    given = {"title": title, "body": body, "summary": summary, "section": section, "tags": tags}
    await _render_ahead(viewer, article_id, given)
    async with transaction():
        revision = await next_revision()
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE)
        if expected_version not in (None, article.version):
            raise StaleVersion(article.version)
        content = await _revised_content(article, given)
        if content != _content(article):
            await revise(desk, viewer, article, content, revision)
    return article


async def revise(
    desk: Desk, viewer: Viewer, article: Article, content: Mapping[str, Any], revision: int
) -> None:
    """Write the new content as the next version, within the caller's transaction."""
    article.update_from_dict(dict(content))
    rendition = await rendered(article.body, article.locale)
    take_over(article, rendition)
    article.version += 1
    article.revision = revision
    article.updated_at = desk.now()
    await article.save()
    await keep_version(article, viewer)
    await write_links(article, rendition)
    await record_change(article.id, revision)
    await announce(desk, article.id, revision)


async def changeable(viewer: Viewer, article_id: UUID, act: Act) -> Article:
    """The article, locked. Raises NotFound when the viewer may not see it, and NotPermitted when
    it belongs to an organization for which they may not do this."""
    article = await visible_to(viewer).filter(id=article_id).select_for_update().first()
    if article is None:
        raise NotFound("articleId")
    if article.organization_id is not None:
        require(viewer, act, _Of(article.organization_id))
    return article


def version_of(article: Article, viewer: Viewer) -> ArticleVersion:
    return ArticleVersion(
        article_id=article.id,
        version=article.version,
        author_id=viewer.person_id,
        at=article.updated_at,
        **_content(article),
    )


async def keep_version(article: Article, viewer: Viewer) -> None:
    await version_of(article, viewer).save(force_create=True)


def cleaned(
    *, title: str, summary: str, body: str, section: str, tags: Iterable[str]
) -> dict[str, Any]:
    """Raises InvalidInput for what cannot be kept."""
    return {
        "title": one_line("title", title, limit=TITLE_LIMIT, blank="Give it a title."),
        "summary": _short("summary", summary, SUMMARY_LIMIT),
        "body": readable("body", body.replace("\r\n", "\n"), limit=BODY_LIMIT),
        "section": _short("section", section, TITLE_LIMIT),
        "tags": _tags(tags),
    }


async def check_placement(viewer: Viewer, article: Article) -> None:
    """Raises InvalidInput or NotFound unless audience, organization and owner fit together."""
    organization_id = article.organization_id
    if (organization_id is None) is (article.audience is Audience.ORGANIZATION):
        raise InvalidInput("audience", "Name an organization for its own articles, and only then.")
    if organization_id is not None:
        seen = await visible_organizations(viewer).filter(id=organization_id).exists()
        if not seen or not may(viewer, Act.WRITE_ARTICLE, _Of(organization_id)):
            raise NotFound("organizationId")
    if article.owner_id not in (None, viewer.person_id):
        owner = visible_people(viewer).filter(id=article.owner_id)
        if not await owner.exists():
            raise NotFound("ownerId")


def _short(field: str, text: str, limit: int) -> str:
    return one_line(field, text, limit=limit, blank="") if text.strip() else ""


class _Of:
    def __init__(self, organization_id: UUID) -> None:
        self.organization_id = organization_id


def _content(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in VERSIONED}


async def _render_ahead(viewer: Viewer, article_id: UUID, given: Mapping[str, Any]) -> None:
    """Rendering a long text takes seconds, for which nobody shall wait: what is rendered now is
    at hand in the transaction."""
    article = await visible_to(viewer).filter(id=article_id).first()
    if article is not None:
        content = await _revised_content(article, given)
        await rendered(content["body"], article.locale)


async def _revised_content(article: Article, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given over what is there. A summary that was taken from the text is taken anew."""
    content = _content(article)
    if article.summary == (await rendered(article.body, article.locale)).lead:
        content["summary"] = ""
    content |= {name: value for name, value in given.items() if value is not None}
    content = cleaned(**content)
    content["summary"] = (
        content["summary"] or (await rendered(content["body"], article.locale)).lead
    )
    return content


def _tags(tags: Iterable[str]) -> list[str]:
    found = dict.fromkeys(_short("tags", tag, TAG_LENGTH) for tag in tags)
    found.pop("", None)
    if len(found) > TAG_LIMIT:
        raise InvalidInput("tags", f"Use at most {TAG_LIMIT} tags.")
    return list(found)


def _locale(locale: str) -> str:
    language, _, place = locale.replace("_", "-").partition("-")
    if not (language.isascii() and language.isalpha() and 2 <= len(language) <= 3):
        raise InvalidInput("locale", "Name a language such as en or pt-BR.")
    if place and not (place.isascii() and place.isalnum() and len(place) <= 8):
        raise InvalidInput("locale", "Name a language such as en or pt-BR.")
    return f"{language.lower()}-{place}" if place else language.lower()


async def _translation_group(viewer: Viewer, translation_of: UUID | None) -> UUID:
    if translation_of is None:
        return new_id()
    original = await visible_to(viewer).filter(id=translation_of).first()
    if original is None:
        raise NotFound("translationOf")
    return original.translation_group
