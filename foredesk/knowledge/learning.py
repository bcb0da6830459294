"""Learning: requests that an article resolved teach the search how people ask for it."""

from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.knowledge.changes import announce, next_revision, record_change
from foredesk.knowledge.models import Article, ArticleQuestion
from foredesk.knowledge.wording import query


async def learn_question(
    desk: Desk, *, article_id: UUID, text: str, ticket_id: UUID
) -> ArticleQuestion | None:
    """Keep how somebody asked, once for each request. None if there is no such article, or no text.

    Nothing changes when it is said again.
    """
    text = query(text)
    async with transaction():
        revision = await next_revision()
        article = await Article.filter(id=article_id).select_for_update().first()
        if article is None or not text:
            return None
        known = await ArticleQuestion.filter(article_id=article_id, ticket_id=ticket_id).first()
        if known is not None and known.text == text:
            return known
        question = known or ArticleQuestion(article_id=article_id, ticket_id=ticket_id)
        question.text, question.at = text, desk.now()
        await question.save()
        await _read_anew(desk, article, revision)
    return question


async def forget_questions(desk: Desk, *, ticket_id: UUID, article_id: UUID | None = None) -> int:
    """The request was not resolved after all, at least not by this article, or its words are to
    be erased."""
    async with transaction():
        taught = ArticleQuestion.filter(ticket_id=ticket_id)
        questions = await (taught.filter(article_id=article_id) if article_id else taught)
        for question in questions:
            revision = await next_revision()
            article = await Article.get(id=question.article_id)
            await question.delete()
            await _read_anew(desk, article, revision)
    return len(questions)


async def _read_anew(desk: Desk, article: Article, revision: int) -> None:
    article.revision = revision
    await article.save(update_fields=["revision"])
    await record_change(article.id, revision)
    await announce(desk, article.id, revision)
