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
from foredesk.knowledge.known_errors import announce_known_error
from foredesk.knowledge.models import (
    Article,
    ArticleKind,
    ArticleState,
    ArticleVersion,
    Audience,
)
from foredesk.knowledge.originals import known_version, tell_translators
from foredesk.knowledge.placement import check_placement, moment
from foredesk.knowledge.queries import visible_to
from foredesk.knowledge.render import BODY_LIMIT
from foredesk.knowledge.rendition import rendered, take_over, write_links
from foredesk.knowledge.second_person import refuse_unseen_revision
from foredesk.knowledge.slugs import free_slug, slug_of
from foredesk.knowledge.wording import language_tag
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, Of, require
from foredesk.people.viewer import Viewer
from foredesk.text import one_line, readable

TITLE_LIMIT = 200
SUMMARY_LIMIT = 500
TAG_LIMIT = 20
TAG_LENGTH = 60
NOTE_LIMIT = 200
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
    team_id: UUID | None = None,
    owner_id: UUID | None = None,
    translation_of: UUID | None = None,
    review_at: datetime | None = None,
    slug: str = "",
    kind: ArticleKind = ArticleKind.ARTICLE,
    once: Once | None = None,
) -> Article:
    """Write a draft. Without a summary the beginning of the text is taken. A translation says the
    same as its original does now.

    Raises InvalidInput for an unreadable title, a body that is too long or an audience that does
    not fit the organization, and NotFound for ids that are not the viewer's to see.
    """
    require(viewer, Act.WRITE_ARTICLE)
    content = cleaned(title=title, summary=summary, body=body, section=section, tags=tags)
    article = Article(
        **content,
        id=new_id(),
        locale=language_tag("locale", locale),
        audience=audience,
        organization_id=organization_id,
        team_id=team_id,
        owner_id=owner_id or viewer.person_id,
        review_at=moment("reviewAt", review_at),
        kind=kind,
        created_at=desk.now(),
        updated_at=desk.now(),
    )
    await check_placement(viewer, article)
    await _become_translation(viewer, article, translation_of)
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
        if once is not None:
            await once.remember(article.id)
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
    note: str = "",
    original_version: int | None = None,
    once: Once | None = None,
) -> Article:
    """Say it anew, and keep what it said. What is None stays; no difference, no new version.

    `original_version` is the version of its original that a translation then says. Raises
    NotFound, InvalidInput, StaleVersion when the article is not at the expected version any more,
    and SecondPersonNeeded for a published one that somebody else has to look at first.
    """
    require(viewer, Act.WRITE_ARTICLE)
    given = {"title": title, "body": body, "summary": summary, "section": section, "tags": tags}
    note = short("note", note, NOTE_LIMIT)
    await _render_ahead(viewer, article_id, given)
    async with transaction():
        revision = await next_revision()
        article = await changeable(viewer, article_id, Act.WRITE_ARTICLE, expected_version)
        content = await revised_content(article, given)
        if original_version is not None:
            article.original_version = await known_version(article, original_version)
        if content != content_of(article):
            await refuse_unseen_revision(viewer, article)
            await revise(desk, viewer, article, content, revision, note=note)
        elif original_version is not None:
            await article.save(update_fields=["original_version"])
        if once is not None:
            await once.remember(article.id)
    return article


async def revise(
    desk: Desk,
    viewer: Viewer,
    article: Article,
    content: Mapping[str, Any],
    revision: int,
    **about: Any,
) -> None:
    """Write the new content as the next version, within the caller's transaction. `about` is what
    that version says of itself."""
    article.update_from_dict(dict(content))
    rendition = await rendered(article.body, article.locale)
    take_over(article, rendition)
    article.version += 1
    article.revision = revision
    article.updated_at = desk.now()
    if article.state is ArticleState.PUBLISHED:
        article.published_version = article.version
    await article.save()
    await keep_version(article, viewer, **about)
    await write_links(article, rendition)
    await record_change(article.id, revision)
    await announce(desk, article.id, revision)
    if article.state is ArticleState.PUBLISHED:
        await tell_translators(desk, article)
        await announce_known_error(desk, article)


async def changeable(
    viewer: Viewer, article_id: UUID, act: Act, expected_version: int | None = None
) -> Article:
    """The article, locked. Raises NotFound when the viewer may not see it, NotPermitted when it
    belongs to an organization for which they may not do this, and StaleVersion."""
    article = await visible_to(viewer).filter(id=article_id).select_for_update().first()
    if article is None:
        raise NotFound("articleId")
    if article.organization_id is not None:
        require(viewer, act, Of(article.organization_id))
    if expected_version not in (None, article.version):
        raise StaleVersion(article.version)
    return article


def version_of(article: Article, viewer: Viewer, **about: Any) -> ArticleVersion:
    return ArticleVersion(
        article_id=article.id,
        version=article.version,
        at=article.updated_at,
        **content_of(article),
        **{"author_id": viewer.person_id, **about},
    )


async def keep_version(article: Article, viewer: Viewer, **about: Any) -> None:
    await version_of(article, viewer, **about).save(force_create=True)


def cleaned(
    *, title: str, summary: str, body: str, section: str, tags: Iterable[str]
) -> dict[str, Any]:
    """Raises InvalidInput for what cannot be kept."""
    return {
        "title": one_line("title", title, limit=TITLE_LIMIT, blank="Give it a title."),
        "summary": short("summary", summary, SUMMARY_LIMIT),
        "body": readable("body", body.replace("\r\n", "\n"), limit=BODY_LIMIT),
        "section": short("section", section, TITLE_LIMIT),
        "tags": _tags(tags),
    }


def short(field: str, text: str, limit: int) -> str:
    return one_line(field, text, limit=limit, blank="") if text.strip() else ""


def content_of(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in VERSIONED}


async def _render_ahead(viewer: Viewer, article_id: UUID, given: Mapping[str, Any]) -> None:
    """Rendering a long text takes seconds, for which nobody shall wait: what is rendered now is
    at hand in the transaction."""
    article = await visible_to(viewer).filter(id=article_id).first()
    if article is not None:
        content = await revised_content(article, given)
        await rendered(content["body"], article.locale)


async def revised_content(article: Article, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given over what is there. A summary that was taken from the text is taken anew."""
    content = content_of(article)
    if article.summary == (await rendered(article.body, article.locale)).lead:
        content["summary"] = ""
    content |= {name: value for name, value in given.items() if value is not None}
    content = cleaned(**content)
    content["summary"] = (
        content["summary"] or (await rendered(content["body"], article.locale)).lead
    )
    return content


def _tags(tags: Iterable[str]) -> list[str]:
    found = dict.fromkeys(short("tags", tag, TAG_LENGTH) for tag in tags)
    found.pop("", None)
    if len(found) > TAG_LIMIT:
        raise InvalidInput("tags", f"Use at most {TAG_LIMIT} tags.")
    return list(found)


async def _become_translation(
    viewer: Viewer, article: Article, translation_of: UUID | None
) -> None:
    """Of a translation the original is what was translated."""
    article.translation_group = new_id()
    if translation_of is None:
        return
    named = await visible_to(viewer).filter(id=translation_of).first()
    if named is None:
        raise NotFound("translationOf")
    original = named
    if named.original_id is not None:
        original = await visible_to(viewer).get_or_none(id=named.original_id) or named
    article.translation_group = named.translation_group
    article.original_id, article.original_version = original.id, original.version
