"""Acts on the words of searches and on golden queries."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry

from api.acting import a_key, attempt, attempt_once, given, the_key, the_keys
from api.agreements.terms_given import few
from api.context import Info
from api.fields import act
from api.knowledge.types import Article
from api.management.payloads import Refused, RefusedOrStale
from api.management.rows import again
from api.management.words import KEY, VERSION, WHAT, optional, reason, reasons, required, result
from api.search_words.types import GoldenQuery, GoldenRun, WordList
from foredesk.errors import SearchRegression
from foredesk.knowledge import golden, search_models
from foredesk.knowledge.article_services import name_services
from foredesk.knowledge.golden_runs import Tried
from foredesk.knowledge.word_lists import MOST_GROUPS, MOST_STOP_WORDS, revise_word_list
from foredesk.tickets.golden import keep_ticket_as_golden

WITHIN = "Last place that is good enough, 1 to 20"
BINDING = "Whether losing it stops a change; else it only warns"
QUERY = "Golden query to act on"
RUN = "What golden queries said of it; null if there are none that it could change"


@strawberry.input(description="Input of reviseWordList: the whole list, as it is to be.")
class ReviseWordListInput:
    language: str = required("Language, such as en or pt-BR")
    organization_id: strawberry.ID | None = optional(
        "Organization whose searches follow it; everybody's if left out, for administrators"
    )
    synonyms: list[str] = required(
        "Groups of words that stand for one another, at most 500, each with commas between the "
        'words, such as "printer, Bizhub, laser printer"'
    )
    stop_words: list[str] = required("Words that say nothing in a question, at most 500")
    expected_version: int | None = optional(f"{VERSION}; 0 if there was no list")
    idempotency_key: str | None = optional(KEY)


ReviseWordListError = Annotated[
    RefusedOrStale, reason("ReviseWordListError", "the words were not taken")
]


@strawberry.type(description="Result of reviseWordList.")
class ReviseWordListPayload:
    word_list: WordList | None = result("list")
    run: GoldenRun | None = strawberry.field(description=RUN)
    errors: list[ReviseWordListError] = reasons()


@strawberry.input(description="Input of addGoldenQuery: words of one's own, or a ticket's.")
class AddGoldenQueryInput:
    article_id: strawberry.ID = required("Article that answers it")
    text: str | None = optional("Text of the question; the ticket's subject if left out")
    ticket_id: strawberry.ID | None = optional("Ticket that asked it, whose organization asks")
    locale: str | None = optional("Language of who asks; the article's if left out")
    organization_id: strawberry.ID | None = optional(
        "Organization of who asks; the article's if left out, else somebody not signed in"
    )
    within: int = strawberry.field(default=golden.USUAL_PLACES, description=WITHIN)
    is_binding: bool = strawberry.field(default=False, description=BINDING)
    idempotency_key: str | None = optional(KEY)


AddGoldenQueryError = Annotated[Refused, reason("AddGoldenQueryError", "the query was not added")]


@strawberry.type(description="Result of addGoldenQuery.")
class AddGoldenQueryPayload:
    golden_query: GoldenQuery | None = result("query")
    errors: list[AddGoldenQueryError] = reasons()


@strawberry.input(description="Input of changeGoldenQuery. What is left out stays as it is.")
class ChangeGoldenQueryInput:
    golden_query_id: strawberry.ID = required(QUERY)
    within: int | None = optional(WITHIN)
    is_binding: bool | None = optional(BINDING)
    expected_version: int | None = optional(VERSION)


ChangeGoldenQueryError = Annotated[
    RefusedOrStale, reason("ChangeGoldenQueryError", "the query was not changed")
]


@strawberry.type(description="Result of changeGoldenQuery.")
class ChangeGoldenQueryPayload:
    golden_query: GoldenQuery | None = result("query")
    errors: list[ChangeGoldenQueryError] = reasons()


@strawberry.input(description="Input of removeGoldenQuery.")
class RemoveGoldenQueryInput:
    golden_query_id: strawberry.ID = required(QUERY)


RemoveGoldenQueryError = Annotated[
    Refused, reason("RemoveGoldenQueryError", "the query was not removed")
]


@strawberry.type(description="Result of removeGoldenQuery.")
class RemoveGoldenQueryPayload:
    is_removed: bool = strawberry.field(description="Indicates whether it is not there any more")
    errors: list[RemoveGoldenQueryError] = reasons()


@strawberry.input(description="Input of runGoldenQueries.")
class RunGoldenQueriesInput:
    idempotency_key: str | None = optional(KEY)


RunGoldenQueriesError = Annotated[Refused, reason("RunGoldenQueriesError", "nothing was run")]


@strawberry.type(description="Result of runGoldenQueries.")
class RunGoldenQueriesPayload:
    run: GoldenRun | None = result("run")
    errors: list[RunGoldenQueriesError] = reasons()


@strawberry.input(description="Input of nameArticleServices.")
class NameArticleServicesInput:
    article_id: strawberry.ID = required("Article to act on")
    service_ids: list[strawberry.ID] = required("Services that it is about, all, at most 10")


NameArticleServicesError = Annotated[
    Refused, reason("NameArticleServicesError", "the services were not named")
]


@strawberry.type(description="Result of nameArticleServices.")
class NameArticleServicesPayload:
    article: Article | None = result("article")
    errors: list[NameArticleServicesError] = reasons()


@strawberry.type
class SearchWordsMutation:
    @act(
        description="Says which words stand for one another in searches, and which say nothing; "
        "golden queries are run first, and losing a binding one is refused"
    )
    async def revise_word_list(
        self, info: Info, input: Annotated[ReviseWordListInput, WHAT]
    ) -> ReviseWordListPayload:
        run_ids: list[Any] = []

        async def revise(once: Any) -> search_models.WordList:
            try:
                row, tried = await revise_word_list(
                    info.context.desk,
                    info.context.viewer,
                    language=input.language,
                    organization_id=a_key(
                        "Organization", given(input.organization_id), "organizationId"
                    ),
                    synonyms=[
                        one.split(",") for one in few("synonyms", input.synonyms, MOST_GROUPS)
                    ],
                    stop_words=few("stopWords", input.stop_words, MOST_STOP_WORDS),
                    expected_version=given(input.expected_version),
                    once=once,
                )
            except SearchRegression as refused:
                run_ids.append(refused.run_id)
                raise
            run_ids.extend([tried.run_id] if tried else [])
            return row

        row, errors = await attempt_once(info, input, revise, again(info, WordList))
        run = await _run(info, run_ids[-1] if run_ids else None)
        shown = WordList(row=row) if row else None
        return ReviseWordListPayload(word_list=shown, run=run, errors=errors)

    @act(
        description="Keeps a question with its answer, which must stay among the first; the same "
        "one again changes nothing"
    )
    async def add_golden_query(
        self, info: Info, input: Annotated[AddGoldenQueryInput, WHAT]
    ) -> AddGoldenQueryPayload:
        add = _of_ticket if given(input.ticket_id) else _by_words
        row, errors = await attempt_once(info, input, add(info, input), again(info, GoldenQuery))
        return AddGoldenQueryPayload(golden_query=_shown(row), errors=errors)

    @act(description="Changes which place is good enough, or whether losing it stops a change")
    async def change_golden_query(
        self, info: Info, input: Annotated[ChangeGoldenQueryInput, WHAT]
    ) -> ChangeGoldenQueryPayload:
        row, errors = await attempt(
            info,
            lambda: golden.change_golden_query(
                info.context.desk,
                info.context.viewer,
                query_id=the_key("GoldenQuery", input.golden_query_id, "goldenQueryId"),
                within=given(input.within),
                is_binding=given(input.is_binding),
                expected_version=given(input.expected_version),
            ),
        )
        return ChangeGoldenQueryPayload(golden_query=_shown(row), errors=errors)

    @act(description="Removes a golden query: it is not run any more")
    async def remove_golden_query(
        self, info: Info, input: Annotated[RemoveGoldenQueryInput, WHAT]
    ) -> RemoveGoldenQueryPayload:
        _, errors = await attempt(
            info,
            lambda: golden.remove_golden_query(
                info.context.desk,
                info.context.viewer,
                query_id=the_key("GoldenQuery", input.golden_query_id, "goldenQueryId"),
            ),
        )
        return RemoveGoldenQueryPayload(is_removed=not errors, errors=errors)

    @act(description="Runs all golden queries that the viewer may see")
    async def run_golden_queries(
        self, info: Info, input: Annotated[RunGoldenQueriesInput, WHAT]
    ) -> RunGoldenQueriesPayload:
        async def run(once: Any) -> search_models.GoldenRun:
            tried: Tried = await golden.run_golden_queries(
                info.context.desk, info.context.viewer, once=once
            )
            return await search_models.GoldenRun.get(id=tried.run_id)

        row, errors = await attempt_once(info, input, run, again(info, GoldenRun))
        return RunGoldenQueriesPayload(run=GoldenRun(row=row) if row else None, errors=errors)

    @act(description="Says which services an article is about, for searches to be narrowed to")
    async def name_article_services(
        self, info: Info, input: Annotated[NameArticleServicesInput, WHAT]
    ) -> NameArticleServicesPayload:
        row, errors = await attempt(
            info,
            lambda: name_services(
                info.context.desk,
                info.context.viewer,
                article_id=the_key("Article", input.article_id, "articleId"),
                service_ids=the_keys(
                    "Service", list(few("serviceIds", input.service_ids, 100)), "serviceIds"
                ),
            ),
        )
        return NameArticleServicesPayload(article=Article(row=row) if row else None, errors=errors)


Add = Callable[[Any], Awaitable[search_models.GoldenQuery]]


def _by_words(info: Info, input: AddGoldenQueryInput) -> Add:
    return lambda once: golden.add_golden_query(
        info.context.desk,
        info.context.viewer,
        text=given(input.text) or "",
        article_id=the_key("Article", input.article_id, "articleId"),
        locale=given(input.locale),
        organization_id=a_key("Organization", given(input.organization_id), "organizationId"),
        within=input.within,
        is_binding=input.is_binding,
        once=once,
    )


def _of_ticket(info: Info, input: AddGoldenQueryInput) -> Add:
    return lambda once: keep_ticket_as_golden(
        info.context.desk,
        info.context.viewer,
        ticket_id=the_key("Ticket", given(input.ticket_id), "ticketId"),
        article_id=the_key("Article", input.article_id, "articleId"),
        text=given(input.text) or "",
        within=input.within,
        is_binding=input.is_binding,
        once=once,
    )


async def _run(info: Info, id: Any) -> GoldenRun | None:
    row = await GoldenRun.visible(info.context.viewer).get_or_none(id=id) if id else None  # type: ignore[misc]  # set by its class
    return GoldenRun(row=row) if row else None


def _shown(row: search_models.GoldenQuery | None) -> GoldenQuery | None:
    return GoldenQuery(row=row) if row else None
