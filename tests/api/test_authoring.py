"""Authoring by the API: an article's whole life, and who sees nothing of it."""

from base64 import b64encode
from typing import Any

from api.identifiers import global_id
from foredesk.knowledge.models import Article
from foredesk.knowledge.second_person import set_publishing_rule
from foredesk.people.viewer import SYSTEM
from tests.api.asking import Api
from tests.api.world import World

WRITE = """mutation W($input: WriteArticleInput!) { writeArticle(input: $input) {
  article { id title state version kind authoring { isSecondPersonNeeded } }
  errors { ... on UserError { code path message } } } }"""


def act(name: str, fields: str = "article { id state version }") -> str:
    kind = name[0].upper() + name[1:]
    return (
        f"mutation M($input: {kind}Input!) {{ {name}(input: $input) "
        f"{{ {fields} errors {{ ... on UserError {{ code path }} }} }} }}"
    )


async def done(api: Api, viewer: Any, what: str, fields: str = "", **input: Any) -> Any:
    query = act(what, fields) if fields else act(what)
    answer = (await api.ask(viewer, query, input=input))[what]
    assert answer["errors"] == [], answer
    return answer


async def refused(api: Api, viewer: Any, name: str, **input: Any) -> Any:
    return (await api.ask(viewer, act(name), input=input))[name]["errors"]


async def test_an_article_is_written_once_revised_compared_and_said_again(
    world: World, api: Api
) -> None:
    grace = world.acme.grace
    input = {"title": "Ink", "body": "Old.", "locale": "en", "kind": "HOW_TO"}
    input |= {"audience": "AGENTS", "idempotencyKey": "one"}

    written = (await api.ask(grace, WRITE, input=input))["writeArticle"]["article"]
    again = (await api.ask(grace, WRITE, input=input))["writeArticle"]["article"]
    id = written["id"]
    await done(api, grace, "reviseArticle", articleId=id, body="New.", note="Shorter")
    stale = await refused(
        api, grace, "restoreArticleVersion", articleId=id, version=1, expectedVersion=1
    )
    restored = await done(api, grace, "restoreArticleVersion", articleId=id, version=1)

    assert written == again
    assert (written["state"], written["kind"], written["version"]) == ("DRAFT", "HOW_TO", 1)
    assert stale == [{"code": "STALE_VERSION", "path": []}]
    assert restored["article"]["version"] == 3
    query = """query Q($id: ID!) {
      articleVersions(articleId: $id) { totalCount nodes { version note restoredFrom body
        author { name } } }
      articleDifferences(articleId: $id, fromVersion: 1, toVersion: 2) { fields { field before }
        passages { lines { kind text lineBefore pieces { text isChanged } } } } }"""
    data = await api.ask(grace, query, id=id)
    assert [
        (one["version"], one["note"], one["restoredFrom"])
        for one in data["articleVersions"]["nodes"]
    ] == [(3, "", 1), (2, "Shorter", None), (1, "", None)]
    assert data["articleDifferences"]["fields"] == [{"field": "summary", "before": "Old."}]
    (passage,) = data["articleDifferences"]["passages"]
    assert [(line["kind"], line["text"]) for line in passage["lines"]] == [
        ("REMOVED", "Old."),
        ("ADDED", "New."),
    ]
    hidden = await api.ask(world.acme.ada, query, id=id)
    assert hidden["articleDifferences"] is None
    assert hidden["articleVersions"] == {"totalCount": 0, "nodes": []}


async def test_where_a_second_person_must_look_the_api_says_so(world: World, api: Api) -> None:
    root, grace = world.root, world.acme.grace
    rule = await done(
        api,
        root,
        "setArticlePublishingRule",
        "rule { version isSecondPersonNeeded organization { name } }",
        isSecondPersonNeeded=True,
        expectedVersion=0,
    )
    assert rule["rule"] == {"version": 1, "isSecondPersonNeeded": True, "organization": None}
    input = {"title": "Ink", "body": "B", "locale": "en"}
    written = (await api.ask(root, WRITE, input=input))["writeArticle"]["article"]
    id = written["id"]

    assert written["authoring"] == {"isSecondPersonNeeded": True}
    assert await refused(api, root, "publishArticle", articleId=id) == [
        {"code": "SECOND_PERSON_NEEDED", "path": []}
    ]
    await done(api, root, "submitArticle", articleId=id)
    queue = "{ articleReviews { article { title } askedBy { name } proposal { title } } }"
    waiting = (await api.ask(root, queue))["articleReviews"]
    assert [(one["article"]["title"], one["proposal"]) for one in waiting] == [("Ink", None)]
    assert (await api.ask(world.acme.ada, queue))["articleReviews"] is None
    assert await refused(api, root, "submitArticle", articleId=id) == [
        {"code": "INVALID_TRANSITION", "path": []}
    ]
    assert await refused(api, world.acme.ada, "returnArticle", articleId=id) == [
        {"code": "NOT_PERMITTED", "path": []}
    ]
    returned = await done(api, grace, "returnArticle", articleId=id, note="No")
    assert returned["article"]["state"] == "DRAFT"
    notices = "{ articleNotices { nodes { id kind note seenAt article { title } } } }"
    (notice,) = (await api.ask(root, notices))["articleNotices"]["nodes"]
    assert (notice["kind"], notice["note"], notice["article"]) == (
        "RETURNED",
        "No",
        {"title": "Ink"},
    )
    seen = await done(
        api, root, "markArticleNoticesSeen", "notices { seenAt }", noticeIds=[notice["id"]]
    )
    assert seen["notices"][0]["seenAt"]


async def test_a_revision_is_proposed_compared_and_accepted(world: World, api: Api) -> None:
    await set_publishing_rule(world.desk, SYSTEM, organization_id=None, needs_second_person=True)
    id = global_id("Article", world.public.id)
    assert await refused(api, world.acme.grace, "reviseArticle", articleId=id, body="New.") == [
        {"code": "SECOND_PERSON_NEEDED", "path": []}
    ]

    fields = "article { authoring { proposal { body note proposedAt } } }"
    proposed = await done(
        api, world.acme.grace, "proposeArticleRevision", fields, articleId=id, body="New.", note="N"
    )
    proposal = proposed["article"]["authoring"]["proposal"]
    query = """query Q($id: ID!) { article(by: {id: $id}) { body }
      articleProposalDifferences(articleId: $id) { passages { lines { kind } } } }"""
    before = await api.ask(world.root, query, id=id)
    accepted = await done(
        api,
        world.root,
        "acceptArticleProposal",
        "article { body }",
        articleId=id,
        proposedAt=proposal["proposedAt"],
    )

    assert (proposal["body"], proposal["note"]) == ("New.", "N")
    assert before["article"]["body"] != "New."
    assert before["articleProposalDifferences"]["passages"]
    assert accepted["article"] == {"body": "New."}
    assert (await api.ask(world.acme.ada, query, id=id))["articleProposalDifferences"] is None


async def test_files_are_attached_read_and_removed(world: World, api: Api) -> None:
    id = global_id("Article", world.public.id)
    input = {"articleId": id, "name": "a.txt", "content": b64encode(b"text").decode()}

    attached = await done(
        api, world.root, "attachArticleFile", "attachment { id size mediaType url }", **input
    )
    file = attached["attachment"]
    query = "query Q($id: ID!) { article(by: {id: $id}) { attachments { name digest } } }"

    assert (file["size"], file["mediaType"]) == (4, "text/plain")
    read = (await api.ask(None, query, id=id))["article"]["attachments"]
    assert [one["name"] for one in read] == ["a.txt"]
    bad = (await api.ask(world.root, act("attachArticleFile", "attachment { id }"),
                         input={**input, "content": "%"}))["attachArticleFile"]  # fmt: skip
    assert bad["errors"] == [{"code": "INVALID_INPUT", "path": ["content"]}]
    await done(api, world.root, "removeArticleAttachment", attachmentId=file["id"])
    assert (await api.ask(None, query, id=id))["article"]["attachments"] == []


async def test_translations_say_whether_they_are_behind(world: World, api: Api) -> None:
    german = await Article.get(translation_group=world.public.translation_group, locale="de")
    id = global_id("Article", german.id)
    root = world.root
    await done(
        api, root, "linkTranslation", articleId=id, originalId=global_id("Article", world.public.id)
    )
    await done(
        api, root, "reviseArticle", articleId=global_id("Article", world.public.id), body="New."
    )

    query = """query Q($id: ID!) { article(by: {id: $id}) { isBehindOriginal original { title }
      inLanguage(locale: "en-GB") { title } authoring { publishAt } }
      articleTranslationWork(locale: "de") { state original { title } translation { title } } }"""
    data = await api.ask(root, query, id=id)
    anybody = await api.ask(None, query, id=id)

    assert data["article"]["isBehindOriginal"] is True
    assert data["article"]["original"] == {"title": "Printer jams"}
    assert data["article"]["inLanguage"] == {"title": "Printer jams"}
    assert {
        "state": "BEHIND",
        "original": {"title": "Printer jams"},
        "translation": {"title": "Drucker klemmt"},
    } in data["articleTranslationWork"]
    assert anybody["article"]["authoring"] is None
    assert anybody["articleTranslationWork"] is None
    await done(api, root, "markTranslationCurrent", articleId=id, originalVersion=2)
    assert (await api.ask(root, query, id=id))["article"]["isBehindOriginal"] is False


async def test_an_article_is_placed_given_away_looked_over_and_scheduled(
    world: World, api: Api
) -> None:
    id = global_id("Article", world.public.id)
    root = world.root
    fields = "article { audience owner { name } reviewAt authoring { publishAt retireAt } }"
    at = "2099-01-01T00:00:00.000Z"

    placed = await done(api, root, "placeArticle", fields, articleId=id, audience="AGENTS")
    await done(api, root, "assignArticle", fields, articleId=id, ownerId=None)
    looked = await done(api, root, "lookOverArticle", fields, articleId=id, reviewAt=at)
    planned = await done(
        api, root, "scheduleArticle", fields, articleId=id, publishAt=None, retireAt=at
    )
    retired = await done(api, root, "retireArticle", articleId=id, note="Old")

    assert placed["article"]["audience"] == "AGENTS"
    assert (looked["article"]["owner"], looked["article"]["reviewAt"]) == (None, at)
    assert planned["article"]["authoring"] == {"publishAt": None, "retireAt": at}
    assert retired["article"]["state"] == "RETIRED"
    query = "query Q($id: ID!) { articleEvents(articleId: $id) { nodes { act note } } }"
    events = (await api.ask(root, query, id=id))["articleEvents"]["nodes"]
    assert {one["act"] for one in events} >= {"RETIRED", "SCHEDULED", "LOOKED_OVER", "PLACED"}
    templates = await api.ask(None, '{ articleTemplates(locale: "de") { kind name body } }')
    assert templates["articleTemplates"][1]["name"] == "Frage und Antwort"
    preview = 'query { articlePreview(body: "*a* <script>") }'
    assert (await api.ask(root, preview))["articlePreview"] == (
        "<p><em>a</em> &lt;script&gt;</p>\n"
    )
    assert (await api.ask(world.acme.ada, preview))["articlePreview"] is None
