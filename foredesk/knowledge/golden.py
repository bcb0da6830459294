"""Golden queries: questions whose answer must stay among the first, kept by who may publish."""

from uuid import UUID

from foredesk.database import next_value, transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, StaleVersion
from foredesk.knowledge.golden_ranks import DEEPEST, asker_of, rank, ranks
from foredesk.knowledge.golden_runs import Tried, compare, keep_run
from foredesk.knowledge.known_words import words_for
from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import published_for, visible_to
from foredesk.knowledge.search_models import GoldenQuery, Occasion
from foredesk.knowledge.search_queries import visible_golden_queries
from foredesk.knowledge.wording import language_tag, query
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, Of, may, require
from foredesk.people.viewer import Viewer

MOST_QUERIES = 500
USUAL_PLACES = 3


async def add_golden_query(
    desk: Desk,
    viewer: Viewer,
    *,
    text: str,
    article_id: UUID,
    locale: str | None = None,
    organization_id: UUID | None = None,
    within: int = USUAL_PLACES,
    is_binding: bool = False,
    ticket_id: UUID | None = None,
    once: Once | None = None,
) -> GoldenQuery:
    """Keep a question with its answer; the same one again changes nothing. `locale` is the
    article's own unless it is said, and so is the organization.

    Raises NotFound, and InvalidInput for no words, a place that is none, or an article that who
    asks could not find.
    """
    require(viewer, Act.KEEP_GOLDEN_QUERIES)
    article = await visible_to(viewer).filter(id=article_id).first()
    if article is None:
        raise NotFound("articleId")
    golden = GoldenQuery(
        text=_text(text),
        locale=language_tag("locale", locale or article.locale),
        within=_within(within),
        is_binding=is_binding,
        article_id=article.id,
        organization_id=organization_id or article.organization_id,
        ticket_id=ticket_id,
        created_by_id=viewer.person_id,
        created_at=desk.now(),
        checked_at=desk.now(),
    )
    await _check_asker(viewer, golden, article)
    golden.rank = await rank(desk, golden, await words_for(golden.organization_id))
    async with transaction():
        await next_value("golden_query")
        known = await _same(golden)
        if known is None:
            if await GoldenQuery.all().count() >= MOST_QUERIES:
                raise InvalidInput("text", f"There are {MOST_QUERIES} already. Remove one first.")
            await golden.save(force_create=True)
        if once is not None:
            await once.remember((known or golden).id)
    return known or golden


async def change_golden_query(
    desk: Desk,
    viewer: Viewer,
    *,
    query_id: UUID,
    within: int | None = None,
    is_binding: bool | None = None,
    expected_version: int | None = None,
) -> GoldenQuery:
    """Say anew which place is good enough, and whether losing it stops a change. What is None
    stays. Raises NotFound, InvalidInput, StaleVersion."""
    async with transaction():
        golden = await _changeable(viewer, query_id)
        if expected_version not in (None, golden.version):
            raise StaleVersion(golden.version)
        golden.within = golden.within if within is None else _within(within)
        golden.is_binding = golden.is_binding if is_binding is None else is_binding
        golden.version += 1
        await golden.save(update_fields=["within", "is_binding", "version"])
    return golden


async def remove_golden_query(desk: Desk, viewer: Viewer, *, query_id: UUID) -> UUID:
    """It is not run any more. Raises NotFound."""
    async with transaction():
        golden = await _changeable(viewer, query_id)
        await golden.delete()
    return query_id


async def run_golden_queries(desk: Desk, viewer: Viewer, *, once: Once | None = None) -> Tried:
    """Ask all that the viewer sees, and compare with when they were last asked.

    Raises NotPermitted.
    """
    require(viewer, Act.KEEP_GOLDEN_QUERIES)
    rows = visible_golden_queries(viewer).prefetch_related("article")
    queries = await rows.order_by("created_at", "id")
    before = {one.id: one.rank for one in queries}
    after = await ranks(desk, queries)
    tried = compare(Occasion.BY_HAND, "", None, queries, before, after)
    await keep_run(desk, viewer, tried, once)
    return tried


async def _changeable(viewer: Viewer, query_id: UUID) -> GoldenQuery:
    require(viewer, Act.KEEP_GOLDEN_QUERIES)
    rows = visible_golden_queries(viewer).filter(id=query_id).prefetch_related("article")
    golden = await rows.first()
    if golden is None:
        raise NotFound("goldenQueryId")
    _check_organization(viewer, golden.organization_id)
    return golden


async def _check_asker(viewer: Viewer, golden: GoldenQuery, article: Article) -> None:
    _check_organization(viewer, golden.organization_id)
    findable = published_for(asker_of(golden)).filter(id=article.id)
    if not await findable.exists():
        raise InvalidInput("articleId", "Who asks this could not find that article.")


def _check_organization(viewer: Viewer, organization_id: UUID | None) -> None:
    subject = Of(organization_id) if organization_id else None
    if not may(viewer, Act.KEEP_GOLDEN_QUERIES, subject):
        raise NotFound("organizationId")


async def _same(golden: GoldenQuery) -> GoldenQuery | None:
    same = GoldenQuery.filter(
        text=golden.text, locale=golden.locale, article_id=golden.article_id
    ).prefetch_related("article")
    return next((one for one in await same if one.organization_id == golden.organization_id), None)


def _text(text: str) -> str:
    cleaned = query(text)
    if not cleaned:
        raise InvalidInput("text", "Write what somebody would ask.")
    return cleaned


def _within(within: int) -> int:
    if not 1 <= within <= DEEPEST:
        raise InvalidInput("within", f"Name a place from 1 to {DEEPEST}.")
    return within
