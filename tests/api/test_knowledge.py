"""Articles: read, found, suggested, rated, and what came of them."""

from api.identifiers import global_id
from foredesk.knowledge.models import ArticleRating, Deflection, Search
from tests.api.asking import Api
from tests.api.world import World

FIND = """query Find($q: String!, $first: Int! = 10, $after: String, $visitor: String) {
  searchArticles(query: $q, first: $first, after: $after, visitor: $visitor) {
    searchId didYouMean totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor score excerptHtml node { id title } } nodes { title } } }"""


async def titles(api: Api, viewer: object, words: str) -> set[str]:
    found = (await api.ask(viewer, FIND, q=words))["searchArticles"]  # type: ignore[arg-type]
    return {node["title"] for node in found["nodes"]}


async def test_an_article_is_read_by_its_id_or_its_slug(world: World, api: Api) -> None:
    fields = """title summary body bodyHtml locale section tags audience state version url
      publishedAt updatedAt reviewAt helpfulCount notHelpfulCount translations { title locale }"""
    query = f"""query Q($id: ID!, $slug: String!) {{ a: article(by: {{id: $id}}) {{ {fields} }}
      b: article(by: {{slug: $slug}}) {{ {fields} }} }}"""

    id = global_id("Article", world.public.id)
    data = await api.ask(None, query, id=id, slug=world.public.slug)

    assert data["a"] == data["b"]
    assert data["a"]["title"] == "Printer jams"
    assert data["a"]["bodyHtml"].startswith("<p>Open the printer")
    assert data["a"]["audience"] == "PUBLIC"
    assert data["a"]["translations"] == [{"title": "Drucker klemmt", "locale": "de"}]
    assert data["a"]["url"].endswith(f"/articles/{world.public.slug}")


async def test_articles_that_are_not_for_the_viewer_are_null(world: World, api: Api) -> None:
    query = "query Q($slug: String!) { article(by: {slug: $slug}) { title } }"
    acme = world.acme
    for article, viewers in (
        (acme.articles["own"], {"ada", "grace"}),
        (acme.articles["draft"], {"grace"}),
        (world.for_agents, {"grace"}),
        (world.globex.articles["own"], set()),
        (world.public, {"nobody", "ada", "grace"}),
    ):
        people = {"nobody": None, "ada": acme.ada, "grace": acme.grace}
        seen = {
            name
            for name, viewer in people.items()
            if (await api.ask(viewer, query, slug=article.slug))["article"]
        }
        assert seen == viewers, article.title
    for slug in ("", "nothing", "\x00", "x" * 100_000):
        assert await api.ask(world.root, query, slug=slug) == {"article": None}


async def test_articles_are_listed_filtered_and_ordered(world: World, api: Api) -> None:
    query = """query Q($filter: ArticleFilter, $orderBy: ArticleOrder!) {
      articles(filter: $filter, orderBy: $orderBy) { totalCount nodes { title } } }"""
    order = {"field": "TITLE", "direction": "ASC"}

    for viewer, filter, expected in (
        (None, None, ["Drucker klemmt", "Printer jams"]),
        (None, {"locale": "de"}, ["Drucker klemmt"]),
        (None, {"section": "Printing"}, ["Printer jams"]),
        (None, {"states": ["DRAFT"]}, []),
        (world.acme.ada, {"locale": "en"}, ["Printer jams", "VPN of acme"]),
        (world.acme.grace, {"states": ["DRAFT"]}, ["Draft of acme"]),
    ):
        found = (await api.ask(viewer, query, filter=filter, orderBy=order))["articles"]
        assert [node["title"] for node in found["nodes"]] == expected
        assert found["totalCount"] == len(expected)


async def test_a_search_finds_what_the_viewer_may_read(world: World, api: Api) -> None:
    assert await titles(api, None, "printer") == {"Printer jams"}
    assert await titles(api, world.acme.grace, "printer") == {
        "Printer jams",
        "How to open a printer",
    }
    assert await titles(api, world.acme.ada, "vpn gateway") == {"VPN of acme"}
    assert await titles(api, None, "vpn gateway") == set()


async def test_a_search_tells_where_the_words_are_and_pages_on(world: World, api: Api) -> None:
    grace = world.acme.grace
    first = (await api.ask(grace, FIND, q="printer", first=1))["searchArticles"]
    cursor = first["pageInfo"]["endCursor"]
    second = (await api.ask(grace, FIND, q="printer", first=1, after=cursor))["searchArticles"]

    assert "<mark>" in first["edges"][0]["excerptHtml"]
    assert first["totalCount"] == 2
    assert first["pageInfo"]["hasNextPage"] is True
    assert second["pageInfo"]["hasNextPage"] is False
    assert second["pageInfo"]["hasPreviousPage"] is True
    assert {first["nodes"][0]["title"], second["nodes"][0]["title"]} == {
        "Printer jams",
        "How to open a printer",
    }
    for q, after in (("printer", "nonsense"), ("vpn", cursor), ("printer", "W10")):
        assert await api.codes(grace, FIND, q=q, after=after) == ["BAD_USER_INPUT"]
    for size in (0, 51, -1):
        assert await api.codes(grace, FIND, q="printer", first=size) == ["BAD_USER_INPUT"]


async def test_any_words_can_be_searched_for(world: World, api: Api) -> None:
    for words in ("", " ", "\x00", "🙂", "принтер", "AND OR NOT", '"', "(", "*", "x" * 100_000):
        assert await api.codes(world.acme.ada, FIND, q=words) == [], words
    assert (await api.ask(None, FIND, q=" "))["searchArticles"]["searchId"] is None


async def test_what_came_of_a_search_is_recorded(world: World, api: Api) -> None:
    ada = world.acme.ada
    found = (await api.ask(ada, FIND, q="printer"))["searchArticles"]
    input = {
        "searchId": found["searchId"],
        "articleId": found["edges"][0]["node"]["id"],
        "outcome": "SOLVED",
    }

    done = await api.act(ada, "recordDeflection", "article { title }", **input)
    bobs = await api.act(world.acme.bob, "recordDeflection", "article { title }", **input)
    foreign = await api.act(
        ada,
        "recordDeflection",
        "article { title }",
        **input | {"articleId": global_id("Article", world.globex.articles["own"].id)},
    )

    assert done == {"article": {"title": "Printer jams"}, "errors": []}
    assert bobs["errors"] == [("NotFound", "NOT_FOUND", "searchId")]
    assert foreign["errors"] == [("NotFound", "NOT_FOUND", "articleId")]
    assert await Deflection.all().count() == 1


async def test_an_anonymous_reader_is_known_by_their_token(world: World, api: Api) -> None:
    found = (await api.ask(None, FIND, q="printer", visitor="v1"))["searchArticles"]
    article = found["edges"][0]["node"]["id"]
    input = {"searchId": found["searchId"], "articleId": article, "outcome": "NOT_HELPFUL"}

    mine = await api.act(None, "recordDeflection", "article { id }", **input, visitor="v1")
    others = await api.act(None, "recordDeflection", "article { id }", **input, visitor="v2")
    rated = await api.act(
        None, "rateArticle", "article { notHelpfulCount }",
        articleId=article, isHelpful=False, comment="Which cover?", visitor="v1",
    )  # fmt: skip
    unnamed = await api.act(
        None, "rateArticle", "article { id }", articleId=article, isHelpful=True
    )

    assert mine["errors"] == []
    assert others["errors"] == [("NotFound", "NOT_FOUND", "searchId")]
    assert rated == {"article": {"notHelpfulCount": 1}, "errors": []}
    assert unnamed["errors"] == [("InvalidInput", "INVALID_INPUT", "visitor")]
    assert await ArticleRating.all().count() == 1


async def test_articles_are_suggested_before_a_ticket_is_filed_and_tied_to_it(
    world: World, api: Api
) -> None:
    ada = world.acme.ada
    query = """query Q($draft: TicketDraft!) { suggestArticles(draft: $draft) {
      searchId suggestions { score excerptHtml explanation article { title } } } }"""

    found = (await api.ask(ada, query, draft={"subject": "My printer jams"}))["suggestArticles"]
    created = await api.act(
        ada,
        "createTicket",
        "ticket { id }",
        subject="My printer jams",
        searchId=found["searchId"],
    )

    assert found["suggestions"][0]["article"] == {"title": "Printer jams"}
    assert created["errors"] == []
    assert (await Search.get()).ticket_id is not None
    assert await api.codes(ada, query.replace("draft: $draft)", "draft: $draft, limit: 11)"),
                           draft={"subject": "x"}) == ["BAD_USER_INPUT"]  # fmt: skip
