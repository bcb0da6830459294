"""Store: what a record says becomes an article, within the caller's transaction."""

from collections.abc import Sequence

from foredesk.article_files.record import CONTENT
from foredesk.article_files.text import Unreadable
from foredesk.article_files.understand import Columns, Understood
from foredesk.desk import Desk
from foredesk.knowledge.authoring import ArticleAttachment, AttachmentContent
from foredesk.knowledge.changes import record_change
from foredesk.knowledge.known_errors import announce_known_error
from foredesk.knowledge.models import Article, ArticleState, ArticleVersion
from foredesk.knowledge.rendition import rendered, take_over, write_links
from foredesk.knowledge.search_models import ArticleService
from foredesk.knowledge.slugs import free_slug
from foredesk.knowledge.write import keep_version
from foredesk.people.viewer import Viewer

NOTE = "Imported"


async def add(what: Understood, revision: int) -> Sequence[str]:
    """A new one, with its past; what could not stay as it was."""
    article, remarks = Article(id=what.id), []
    slug = await free_slug(what.columns["slug"])
    if slug != what.columns["slug"]:
        remarks.append(f"its address was taken, it is {slug} now")
    article.update_from_dict({**what.columns, "slug": slug})
    path = article.source_path
    if path and await Article.filter(source_path=path).exists():
        remarks.append("another article has its source path")
        article.source_path = None
    await _save(article, what, revision, is_new=True)
    await _keep_versions(article, what.versions)
    return remarks


async def become(
    desk: Desk, viewer: Viewer, article: Article, what: Understood, revision: int
) -> Sequence[str]:
    """One that is here; other words make a new version, unless the tree has one of its own."""
    before = {name: getattr(article, name) for name in CONTENT}
    is_newer = what.columns["version"] > article.version
    columns = {**what.columns, "slug": article.slug}
    if columns["source_path"] != article.source_path:
        columns["source_path"] = article.source_path
    article.update_from_dict(columns)
    says_other = before != {name: getattr(article, name) for name in CONTENT}
    if says_other and not is_newer:
        article.version += 1
        article.updated_at = desk.now()
    if article.state is ArticleState.PUBLISHED:
        article.published_at = article.published_at or desk.now()
        if says_other:
            article.published_version = article.version
    await _save(article, what, revision, is_new=False)
    if is_newer:
        await _keep_versions(article, what.versions)
    elif says_other:
        await keep_version(article, viewer, note=NOTE)
    if says_other:
        await announce_known_error(desk, article)
    is_moved = what.columns["slug"] != article.slug
    return ["its address stays what it is"] if is_moved else []


async def _save(article: Article, what: Understood, revision: int, *, is_new: bool) -> None:
    rendition = await rendered(article.body, article.locale)
    summary = article.summary
    take_over(article, rendition)
    article.summary, article.revision = summary, revision
    await article.save(force_create=is_new)
    await write_links(article, rendition)
    await _keep_files(article, what)
    await ArticleService.filter(article_id=article.id).delete()
    services = [ArticleService(article_id=article.id, service_id=id) for id in what.services]
    await ArticleService.bulk_create(services)
    await record_change(article.id, revision)


async def _keep_versions(article: Article, versions: Sequence[Columns]) -> None:
    """Those that are not here yet."""
    numbers = [one["version"] for one in versions]
    if len(set(numbers)) < len(numbers) or article.version not in numbers:
        raise Unreadable("its versions do not follow each other")
    here = ArticleVersion.filter(article_id=article.id)
    known = set(await here.values_list("version", flat=True))
    for one in versions:
        if one["version"] not in known:
            await ArticleVersion.create(article_id=article.id, **_dated(one, article))


def _dated(version: Columns, article: Article) -> Columns:
    return {**version, "at": version["at"] or article.updated_at}


async def _keep_files(article: Article, what: Understood) -> None:
    """As the tree has them: one that is not in it any more is taken away."""
    here = {one.name: one for one in await ArticleAttachment.filter(article_id=article.id)}
    wanted = {columns["name"] for columns, _ in what.files}
    for name in here.keys() - wanted:
        await here[name].delete()
    for columns, content in what.files:
        known = here.get(columns["name"])
        if known is not None and known.digest == columns["digest"]:
            continue
        if known is not None:
            await known.delete()
        dated = {**columns, "at": columns["at"] or article.updated_at}
        attachment = await ArticleAttachment.create(article_id=article.id, **dated)
        await AttachmentContent.create(attachment_id=attachment.id, content=content)
