"""Second person: where an organization asks for it, nobody publishes what they wrote themselves."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import SecondPersonNeeded, StaleVersion
from foredesk.knowledge.authoring import ArticleAttachment, PublishingRule
from foredesk.knowledge.models import Article, ArticleState, ArticleVersion
from foredesk.people.idempotency import Once
from foredesk.people.organizations import one_organization
from foredesk.people.policy import Act, require
from foredesk.people.queries import visible_organizations
from foredesk.people.viewer import Viewer

EVERYBODY = "everybody"
"""The rule for articles of no organization: for the public, for agents, for a team."""


async def set_publishing_rule(
    desk: Desk,
    viewer: Viewer,
    *,
    organization_id: UUID | None,
    needs_second_person: bool,
    expected_version: int | None = None,
    once: Once | None = None,
) -> PublishingRule:
    """Whether whoever publishes the organization's articles must not have written them. Without
    an organization: the articles that belong to none.

    Raises NotPermitted, NotFound and StaleVersion; a rule that nobody has set is at version 0.
    """
    require(viewer, Act.SET_PUBLISHING_RULE)
    async with transaction():
        if organization_id is not None:
            await one_organization(viewer, organization_id)
        known = await PublishingRule.filter(key=_key(organization_id)).select_for_update().first()
        version = known.version if known else 0
        if expected_version not in (None, version):
            raise StaleVersion(version)
        rule = known or PublishingRule(
            key=_key(organization_id), organization_id=organization_id, version=0
        )
        if known is None or known.needs_second_person is not needs_second_person:
            rule.needs_second_person = needs_second_person
            rule.version, rule.changed_at = version + 1, desk.now()
            await rule.save(force_create=known is None)
        if once is not None:
            await once.remember(rule.id)
    return rule


def visible_rules(viewer: Viewer) -> QuerySet[PublishingRule]:
    """Who writes articles knows what becomes of them."""
    if not viewer.is_agent:
        return PublishingRule.filter(id__isnull=True)
    if viewer.is_administrator:
        return PublishingRule.all()
    seen = Subquery(visible_organizations(viewer).order_by().values("id"))
    return PublishingRule.filter(Q(key=EVERYBODY) | Q(organization_id__in=seen))


async def needs_second_person(article: Article) -> bool:
    rule = PublishingRule.filter(key=_key(article.organization_id), needs_second_person=True)
    return await rule.exists()


async def refuse_own_work(article: Article, publisher_id: UUID | None) -> None:
    """Raises SecondPersonNeeded if the publisher wrote any of what is not published yet.

    What happens by itself, such as an import, is nobody's work.
    """
    if publisher_id is None or not await needs_second_person(article):
        return
    if publisher_id in await _authors_since(article, article.published_version or 0):
        raise SecondPersonNeeded()


async def refuse_unseen_revision(viewer: Viewer, article: Article) -> None:
    """Raises SecondPersonNeeded: a published text is not revised alone, but proposed anew."""
    if viewer.is_system or article.state is not ArticleState.PUBLISHED:
        return
    if await needs_second_person(article):
        raise SecondPersonNeeded("Somebody else has to look at it first. Propose the revision.")


async def _authors_since(article: Article, version: int) -> Sequence[UUID]:
    """Of texts and of files."""
    texts = ArticleVersion.filter(article_id=article.id, version__gt=version)
    files = ArticleAttachment.filter(article_id=article.id)
    if article.published_at is not None:
        files = files.filter(at__gt=article.published_at)
    authors = [await rows.values_list("author_id", flat=True) for rows in (texts, files)]
    return [UUID(str(id)) for ids in authors for id in ids if id]


def _key(organization_id: UUID | None) -> str:
    return str(organization_id) if organization_id else EVERYBODY
