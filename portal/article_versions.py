"""What an article said before, how its versions differ, and saying it that way again."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import NotFound
from foredesk.knowledge.models import Article
from foredesk.knowledge.versions import (
    VersionDifferences,
    article_versions,
    restore_version,
    version_differences,
)
from foredesk.people.policy import Act
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.authors import ADDRESS, article_of, do, may_do
from portal.forms import Form
from portal.pages import desk_of, page
from portal.people_named import names_of
from portal.visits import visit_of


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    article, viewer = await article_of(request), visit_of(request).viewer
    versions = await article_versions(viewer, article.id)
    return page(
        request,
        "article_versions.html",
        status=typed.status,
        article=article,
        versions=versions,
        names=await names_of(viewer, [one.author_id for one in versions]),
        may_restore=may_do(viewer, Act.WRITE_ARTICLE, article),
        problems=typed.problems,
    )


async def compare(request: Request) -> Response:
    """Two versions side by side; without numbers, the newest and the one before it."""
    article, viewer = await article_of(request), visit_of(request).viewer
    after = _number(request, "after", article.version)
    before = _number(request, "before", max(1, after - 1))
    found = await differences(request, article, before, after)
    return page(
        request,
        "article_compared.html",
        article=article,
        found=found,
        names=await names_of(viewer, [found.before.author_id, found.after.author_id]),
        may_restore=may_do(viewer, Act.WRITE_ARTICLE, article),
    )


async def restore(request: Request, sent: Form) -> Response:
    article = await article_of(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    return await do(
        request,
        sent,
        lambda: restore_version(
            desk,
            viewer,
            article_id=article.id,
            version=_whole(sent["restore"]),
            expected_version=version_of(sent),
        ),
        show=show,
        back=f"{ADDRESS}/{article.id}",
        field="versions",
    )


async def differences(
    request: Request, article: Article, before: int, after: int
) -> VersionDifferences:
    """Raises HTTPException 404 for a version that was never there."""
    viewer = visit_of(request).viewer
    try:
        return await version_differences(viewer, article_id=article.id, before=before, after=after)
    except NotFound as refusal:
        raise HTTPException(404) from refusal


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, "")
    return _whole(text) if text else usual


def _whole(text: str) -> int:
    """One that no version has, for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
