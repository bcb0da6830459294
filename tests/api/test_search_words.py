"""Words of searches, golden queries and facets, through the schema."""

from typing import Any

from api.identifiers import global_id
from foredesk.knowledge.search_models import GoldenQuery, WordList
from tests.api.asking import Api
from tests.api.world import World

LISTS = "{ wordLists(first: 5) { nodes { language organization { slug } updatedBy { name } } } }"
GOLDEN = """{ goldenQueries(first: 5) { totalCount nodes {
  text locale within isBinding rank isKept article { title } organization { slug } } } }"""
RUNS = """{ goldenRuns(first: 5) { nodes { occasion subject askedCount keptCount isStopped
  person { name } changes { isLoss before after query { text } } } } }"""
REVISED = "wordList { synonyms stopWords version } run { isStopped changes { isLoss } }"
FACETS = """query Found($filter: ArticleSearchFilter) {
  searchArticles(query: "vpn", filter: $filter) { totalCount facets {
    sections { value count } languages { value count } services { count service { name } } } } }"""


async def revise(api: Api, viewer: Any, organization: Any, *stop_words: str) -> Any:
    return await api.act(
        viewer,
        "reviseWordList",
        REVISED,
        organizationId=global_id("Organization", organization.id) if organization else None,
        language="en",
        synonyms=["tunnel, VPN, vpn ,"],
        stopWords=list(stop_words),
    )


async def add(api: Api, world: World, **given: Any) -> Any:
    house = world.acme
    article = global_id("Article", house.articles["own"].id)
    shape = "goldenQuery { id text rank isKept organization { slug } }"
    return await api.act(house.max, "addGoldenQuery", shape, articleId=article, **given)


async def test_words_are_revised_by_who_manages_and_tried_first(furnished: World, api: Api) -> None:
    house = furnished.acme
    assert await revise(api, house.max, house.organization, "acme") == {
        "wordList": {"synonyms": ["tunnel, VPN"], "stopWords": ["acme"], "version": 1},
        "run": None,
        "errors": [],
    }
    own = {"language": "en", "organization": {"slug": "acme"}, "updatedBy": {"name": "Max Acme"}}
    assert (await api.ask(house.max, LISTS))["wordLists"]["nodes"] == [own]
    for viewer in (None, house.ada, house.grace, furnished.globex.max):
        assert (await api.ask(viewer, LISTS))["wordLists"]["nodes"] == []

    for viewer, organization, code in (
        (house.grace, house.organization, "NOT_PERMITTED"),
        (house.max, None, "NOT_PERMITTED"),
        (house.max, furnished.globex.organization, "NOT_FOUND"),
    ):
        refused = await revise(api, viewer, organization)
        assert [error[1] for error in refused["errors"]] == [code]
    assert await WordList.all().count() == 1


async def test_a_binding_golden_query_stops_the_words_that_lose_it(
    furnished: World, api: Api
) -> None:
    house = furnished.acme
    added = await add(api, furnished, text="gateway today", isBinding=True)
    id = added["goldenQuery"].pop("id")
    kept = {"text": "gateway today", "rank": 1, "isKept": True, "organization": {"slug": "acme"}}
    assert added == {"goldenQuery": kept, "errors": []}

    refused = await revise(api, house.max, house.organization, "gateway")

    assert refused == {
        "wordList": None,
        "run": {"isStopped": True, "changes": [{"isLoss": True}]},
        "errors": [("Refusal", "SEARCH_REGRESSION", "")],
    }
    loss = {"isLoss": True, "before": 1, "after": None, "query": {"text": "gateway today"}}
    run = {
        "occasion": "WORDS_CHANGED",
        "subject": "en",
        "askedCount": 1,
        "keptCount": 0,
        "isStopped": True,
        "person": {"name": "Max Acme"},
        "changes": [loss],
    }
    assert (await api.ask(house.grace, RUNS))["goldenRuns"]["nodes"] == [run]
    seen = (await api.ask(house.grace, GOLDEN))["goldenQueries"]
    assert (seen["totalCount"], seen["nodes"][0]["article"]) == (1, {"title": "VPN of acme"})
    for viewer in (None, house.ada, furnished.globex.grace):
        assert (await api.ask(viewer, GOLDEN))["goldenQueries"]["totalCount"] == 0
        assert (await api.ask(viewer, RUNS))["goldenRuns"]["nodes"] == []

    changed = await api.act(
        house.max,
        "changeGoldenQuery",
        "goldenQuery { isBinding version }",
        goldenQueryId=id,
        isBinding=False,
        expectedVersion=1,
    )
    assert changed["goldenQuery"] == {"isBinding": False, "version": 2}
    assert (await revise(api, house.max, house.organization, "gateway"))["errors"] == []
    by_hand = await api.act(
        house.max, "runGoldenQueries", "run { occasion keptCount changes { isLoss } }"
    )
    assert by_hand["run"] == {"occasion": "BY_HAND", "keptCount": 0, "changes": []}
    removed = await api.act(house.max, "removeGoldenQuery", "isRemoved", goldenQueryId=id)
    assert removed == {"isRemoved": True, "errors": []}
    assert not await GoldenQuery.exists()


async def test_a_request_becomes_a_golden_query_of_its_organization(
    furnished: World, api: Api
) -> None:
    house = furnished.acme
    ticket = house.tickets["busy"]

    added = await add(api, furnished, ticketId=global_id("Ticket", ticket.id))

    assert added["goldenQuery"]["text"] == "VPN of acme drops"
    assert (await GoldenQuery.get()).ticket_id == ticket.id
    theirs = furnished.globex.tickets["busy"]
    hidden = await add(api, furnished, ticketId=global_id("Ticket", theirs.id))
    assert hidden == {"goldenQuery": None, "errors": [("NotFound", "NOT_FOUND", "ticketId")]}


async def test_a_search_counts_its_facets_and_is_narrowed_by_them(
    furnished: World, api: Api
) -> None:
    house = furnished.acme
    service = global_id("Service", house.service.id)
    named = await api.act(
        house.grace,
        "nameArticleServices",
        "article { title }",
        articleId=global_id("Article", house.articles["own"].id),
        serviceIds=[service],
    )
    assert named == {"article": {"title": "VPN of acme"}, "errors": []}
    await furnished.desk.knowledge.catch_up()

    of_service = await api.ask(house.ada, FACETS, filter={"serviceId": service})
    of_none = await api.ask(house.ada, FACETS, filter={"serviceId": "nonsense"})
    of_language = await api.ask(house.ada, FACETS, filter={"language": "fr"})

    found = of_service["searchArticles"]
    assert found["totalCount"] == 1
    assert found["facets"]["services"] == [{"count": 1, "service": {"name": "VPN of acme"}}]
    assert found["facets"]["languages"] == [{"value": "en", "count": 1}]
    assert of_none["searchArticles"]["totalCount"] == 0
    assert of_none["searchArticles"]["facets"]["languages"] == []
    assert of_language["searchArticles"]["totalCount"] == 0
    assert of_language["searchArticles"]["facets"]["languages"][0]["value"] == "en"
    refused = await api.act(
        furnished.globex.grace,
        "nameArticleServices",
        "article { title }",
        articleId=global_id("Article", house.articles["own"].id),
        serviceIds=[],
    )
    assert refused["errors"] == [("NotFound", "NOT_FOUND", "articleId")]
