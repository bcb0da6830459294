"""Rendition: what an article's row keeps of its rendered text, and when that is made anew."""

import anyio

from foredesk.knowledge.models import Article, ArticleLink
from foredesk.knowledge.render import RENDERER, Rendered, render
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer


async def html_of(article: Article) -> str:
    """The article as safe HTML; rendered once for each version and renderer."""
    if is_current(article):
        return article.body_html
    return (await rendered(article.body, article.locale)).html


async def preview(viewer: Viewer, *, body: str, locale: str) -> str:
    """Safe HTML of a text that is not kept yet. Raises NotPermitted for who writes no articles, and
    InvalidInput for one that is too long."""
    require(viewer, Act.WRITE_ARTICLE)
    return (await rendered(body, locale)).html


async def rendered(body: str, locale: str) -> Rendered:
    """`render` beside the event loop."""
    return await anyio.to_thread.run_sync(render, body, locale)


def is_current(article: Article) -> bool:
    """Whether what the row keeps was made by today's renderer."""
    return article.renderer == RENDERER


def take_over(article: Article, rendition: Rendered) -> None:
    article.body_html = rendition.html
    article.body_text = rendition.text
    article.headings = list(rendition.headings)
    article.renderer = RENDERER
    article.summary = article.summary or rendition.lead


def links_of(article: Article, rendition: Rendered) -> list[ArticleLink]:
    return [
        ArticleLink(article_id=article.id, target_slug=slug[:120], anchor=anchor[:200])
        for slug, anchor in rendition.links
    ]


async def write_links(article: Article, rendition: Rendered) -> None:
    await ArticleLink.filter(article_id=article.id).delete()
    await ArticleLink.bulk_create(links_of(article, rendition))
