"""Acts: the life of an article, from its first writing until it is taken back."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry

from api.acting import a_key, attempt_once, given, the_key
from api.context import Info
from api.fields import act
from api.knowledge import inputs, payloads
from api.knowledge.types import Article
from api.management.rows import again
from api.management.words import WHAT
from foredesk.knowledge import care, models, publish, schedule, versions, write

RENAMED = {"translationOf": "translationOfId"}


@strawberry.type
class ArticleMutation:
    @act(description="Writes a draft of an article")
    async def write_article(
        self, info: Info, input: Annotated[inputs.WriteArticleInput, WHAT]
    ) -> payloads.WriteArticlePayload:
        async def written(once: Any) -> models.Article:
            return await write.write_article(
                info.context.desk,
                info.context.viewer,
                title=input.title,
                body=input.body,
                locale=input.locale,
                kind=input.kind,
                summary=input.summary,
                section=input.section,
                tags=given(input.tags) or (),
                audience=input.audience,
                organization_id=_organization(input),
                team_id=_team(input),
                owner_id=a_key("Person", given(input.owner_id), "ownerId"),
                translation_of=a_key("Article", given(input.translation_of_id), "translationOfId"),
                review_at=given(input.review_at),
                once=once,
            )

        row, errors = await attempt_once(info, input, written, again(info, Article), **RENAMED)
        return payloads.WriteArticlePayload(article=shown(row), errors=errors)

    @act(description="Says anew what an article says; readers of a published one see it at once")
    async def revise_article(
        self, info: Info, input: Annotated[inputs.ReviseArticleInput, WHAT]
    ) -> payloads.ReviseArticlePayload:
        done = await on_article(
            info,
            input,
            write.revise_article,
            **texts(input),
            original_version=given(input.original_version),
        )
        return payloads.ReviseArticlePayload(**done)

    @act(description="Says again what an earlier version said, as a new version")
    async def restore_article_version(
        self, info: Info, input: Annotated[inputs.RestoreArticleVersionInput, WHAT]
    ) -> payloads.RestoreArticleVersionPayload:
        done = await on_article(
            info, input, versions.restore_version, version=input.version, note=input.note
        )
        return payloads.RestoreArticleVersionPayload(**done)

    @act(description="Asks for a review of a draft")
    async def submit_article(
        self, info: Info, input: Annotated[inputs.SubmitArticleInput, WHAT]
    ) -> payloads.SubmitArticlePayload:
        return payloads.SubmitArticlePayload(**await _moved(info, input, publish.submit_article))

    @act(description="Makes an article a draft again, from review or from retirement")
    async def return_article(
        self, info: Info, input: Annotated[inputs.ReturnArticleInput, WHAT]
    ) -> payloads.ReturnArticlePayload:
        return payloads.ReturnArticlePayload(**await _moved(info, input, publish.return_article))

    @act(description="Lets people find an article")
    async def publish_article(
        self, info: Info, input: Annotated[inputs.PublishArticleInput, WHAT]
    ) -> payloads.PublishArticlePayload:
        return payloads.PublishArticlePayload(**await _moved(info, input, publish.publish_article))

    @act(description="Takes an article back: only agents open it from then on")
    async def retire_article(
        self, info: Info, input: Annotated[inputs.RetireArticleInput, WHAT]
    ) -> payloads.RetireArticlePayload:
        return payloads.RetireArticlePayload(**await _moved(info, input, publish.retire_article))

    @act(description="Sets when an article publishes itself and when it retires")
    async def schedule_article(
        self, info: Info, input: Annotated[inputs.ScheduleArticleInput, WHAT]
    ) -> payloads.ScheduleArticlePayload:
        times = {"publish_at": input.publish_at, "retire_at": input.retire_at}
        done = await on_article(info, input, schedule.schedule_article, **times)
        return payloads.ScheduleArticlePayload(**done)

    @act(description="Says for whom an article is; readers of a published one change at once")
    async def place_article(
        self, info: Info, input: Annotated[inputs.PlaceArticleInput, WHAT]
    ) -> payloads.PlaceArticlePayload:
        async def placed(**common: Any) -> models.Article:
            return await care.place_article(
                audience=input.audience,
                organization_id=_organization(input),
                team_id=_team(input),
                **common,
            )

        return payloads.PlaceArticlePayload(**await _done(info, input, placed))

    @act(description="Says who answers for an article")
    async def assign_article(
        self, info: Info, input: Annotated[inputs.AssignArticleInput, WHAT]
    ) -> payloads.AssignArticlePayload:
        async def assigned(**common: Any) -> models.Article:
            owner = a_key("Person", input.owner_id, "ownerId")
            return await care.assign_article(owner_id=owner, **common)

        return payloads.AssignArticlePayload(**await _done(info, input, assigned))

    @act(description="Says that an article is still right, and when to look it over again")
    async def look_over_article(
        self, info: Info, input: Annotated[inputs.LookOverArticleInput, WHAT]
    ) -> payloads.LookOverArticlePayload:
        done = await on_article(
            info,
            input,
            care.look_over_article,
            review_at=input.review_at,
            is_still_right=input.is_still_right,
            note=input.note,
        )
        return payloads.LookOverArticlePayload(**done)


Use = Callable[..., Awaitable[models.Article]]


async def on_article(info: Info, input: Any, use: Any, **what: Any) -> dict[str, Any]:
    """What the use case makes of the article that the input names, or why it was refused."""

    async def used(**common: Any) -> models.Article:
        row: models.Article = await use(**common, **what)
        return row

    return await _done(info, input, used)


def texts(input: Any) -> dict[str, Any]:
    """What an input says that an article says."""
    names = ("title", "body", "summary", "section", "tags")
    return {"note": input.note, **{name: given(getattr(input, name)) for name in names}}


def shown(row: models.Article | None) -> Article | None:
    return Article(row=row) if row else None


async def _moved(info: Info, input: Any, use: Use) -> dict[str, Any]:
    return await on_article(info, input, use, note=input.note)


async def _done(info: Info, input: Any, use: Use) -> dict[str, Any]:
    async def done(once: Any) -> models.Article:
        return await use(
            desk=info.context.desk,
            viewer=info.context.viewer,
            article_id=the_key("Article", input.article_id, "articleId"),
            expected_version=given(input.expected_version),
            once=once,
        )

    row, errors = await attempt_once(info, input, done, again(info, Article))
    return {"article": shown(row), "errors": errors}


def _organization(input: Any) -> Any:
    return a_key("Organization", given(input.organization_id), "organizationId")


def _team(input: Any) -> Any:
    return a_key("Team", given(input.team_id), "teamId")
