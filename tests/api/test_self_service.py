"""Figures of self-service over GraphQL: what they say, and to whom."""

from datetime import timedelta
from typing import Any

from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.deflection import open_article
from tests.api.asking import Api
from tests.api.world import World
from tests.clock import Clock

DEFLECTION = """query Deflection($filter: SearchFilter) {
  deflection(filter: $filter) {
    startedAt endedAt csv
    deflection { ...Figures }
    channels { channel deflection { searchCount } }
    articles(first: 1) {
      totalCount pageInfo { hasNextPage }
      nodes { article { title helpfulCount } deflection { ...Figures } }
    }
  }
}
fragment Figures on DeflectionFigures {
  searchCount offeredCount heldOutCount pendingCount
  zeroResult { hitCount sampleCount value }
  clickThrough { hitCount low high }
  confirmed { count share { hitCount sampleCount } }
  potential { count } failed { count } refused { count }
}"""


async def deflection(api: Api, viewer: Any, **filter: Any) -> Any:
    return (await api.ask(viewer, DEFLECTION, filter=filter))["deflection"]


async def test_managers_read_what_came_of_the_searches(
    world: World, api: Api, clock: Clock
) -> None:
    desk, acme = world.desk, world.acme
    title = world.public.title
    found = await search_articles(desk, acme.ada, text=title)
    await open_article(desk, acme.ada, slug=found.hits[0].article.slug, search_id=found.search_id)
    await search_articles(desk, acme.ada, text="zzyzx")
    clock.advance(timedelta(days=8))

    report = await deflection(api, acme.max)

    figures = report["deflection"]
    assert (figures["searchCount"], figures["potential"]["count"]) == (2, 1)
    assert figures["zeroResult"] == {"hitCount": 1, "sampleCount": 2, "value": None}
    assert figures["confirmed"] == {"count": 0, "share": {"hitCount": 0, "sampleCount": 1}}
    assert [one["channel"] for one in report["channels"]] == ["SEARCH"]
    (line,) = report["articles"]["nodes"]
    assert (line["article"]["title"], line["deflection"]["potential"]["count"]) == (title, 1)
    assert report["csv"].startswith("from,to,channel,")
    none = await deflection(api, acme.max, channels=["ASK_FORM"])
    assert none["deflection"]["searchCount"] == 0
    for viewer in (acme.ada, acme.grace, None):
        assert await deflection(api, viewer) is None


EXPERIMENT = """{
  suggestionExperiment {
    id holdoutPercent expectedFiling smallestEffect startedAt endedAt version startedBy { name }
    result {
      causedDeflection { value low high sampleCount }
      neededCount missingCount pendingCount
      treated { requesterCount formStartCount ticketCount ticketsPerFormStart }
      heldOut { formStartCount abandonedShare repeatedShare }
      abandonment { isHurt difference { value } }
      repeats { isHurt difference { low } }
    }
  }
  planSuggestionExperiment(holdoutPercent: 50) { neededCount measuredFiling expectedDays }
}"""
SUGGEST = """query Suggest($visitor: String) {
  suggestArticles(draft: { subject: "printer jams" }, visitor: $visitor) {
    isHeldOut suggestions { article { title } }
  }
}"""


async def test_an_administrator_runs_the_experiment(world: World, api: Api) -> None:
    started = await api.act(
        world.root,
        "startSuggestionExperiment",
        "experiment { id version }",
        holdoutPercent=50,
        idempotencyKey="1",
    )
    suggested = [
        (await api.ask(None, SUGGEST, visitor=f"v{number}"))["suggestArticles"]
        for number in range(12)
    ]
    found = await api.ask(world.root, EXPERIMENT)

    assert {(one["isHeldOut"], len(one["suggestions"])) for one in suggested} == {
        (True, 0),
        (False, 1),
    }
    experiment = found["suggestionExperiment"]
    assert experiment["id"] == started["experiment"]["id"]
    assert (experiment["result"]["causedDeflection"], experiment["result"]["missingCount"]) == (
        None,
        887,
    )
    assert experiment["result"]["pendingCount"] == 12
    assert experiment["startedBy"] == {"name": "Root"}
    assert found["planSuggestionExperiment"] == {
        "neededCount": 887,
        "measuredFiling": None,
        "expectedDays": None,
    }
    ended = await api.act(
        world.root,
        "endSuggestionExperiment",
        "experiment { endedAt version }",
        experimentId=experiment["id"],
        expectedVersion=1,
    )
    assert (ended["experiment"]["version"], ended["errors"]) == (2, [])
    refused = await api.act(
        world.acme.max,
        "startSuggestionExperiment",
        "experiment { id }",
    )
    assert refused == {"experiment": None, "errors": [("NotPermitted", "NOT_PERMITTED", "")]}
    assert await api.ask(world.acme.max, EXPERIMENT) == {
        "suggestionExperiment": None,
        "planSuggestionExperiment": None,
    }


MISSING = """{
  missingContent {
    csv
    gaps { text examples personCount searchCount ticketCount }
    queries { text locale personCount zeroResultCount noClickCount searchedAt }
  }
  neglectedArticles { article { title } concerns reuseCount }
}"""


async def test_what_is_missing_and_what_is_neglected(world: World, api: Api, clock: Clock) -> None:
    await search_articles(world.desk, world.acme.ada, text="zzyzx road")
    clock.advance(timedelta(days=1))

    found = await api.ask(world.acme.max, MISSING)

    (gap,) = found["missingContent"]["gaps"]
    assert gap == {
        "text": "zzyzx road",
        "examples": [],
        "personCount": 1,
        "searchCount": 1,
        "ticketCount": 0,
    }
    (query,) = found["missingContent"]["queries"]
    assert (query["locale"], query["zeroResultCount"], query["noClickCount"]) == ("en", 1, 0)
    assert found["neglectedArticles"] == []
    clock.advance(timedelta(days=365))
    found = await api.ask(world.acme.grace, MISSING)
    assert found["missingContent"] is None
    assert {(one["article"]["title"], *one["concerns"]) for one in found["neglectedArticles"]} >= {
        ("Printer jams", "OLD")
    }
    assert await api.ask(world.acme.ada, MISSING) == {
        "missingContent": None,
        "neglectedArticles": None,
    }
