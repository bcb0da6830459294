"""Figures over GraphQL: what they say, to whom, and what they cost."""

import csv
from io import StringIO
from typing import Any

import pytest
from graphql import OperationType, parse

from api.identifiers import global_id
from api.operations.costs import Costs
from api.operations.limits import Limits
from api.schema import schema
from foredesk.people.models import Team
from foredesk.tickets.models import Ticket
from tests.api.asking import Api
from tests.api.world import World

FIGURES = """query Figures($filter: MeasuresFilter, $by: MeasureCut, $period: MeasurePeriod) {
  serviceMeasures(filter: $filter, by: $by, period: $period) {
    startedAt endedAt timeZone reopenWindowDays openedCount importedCount csv
    definitions { name text }
    groups(first: 5) {
      totalCount
      pageInfo { hasNextPage }
      nodes {
        startedAt endedAt isComplete isRest openedCount resolvedCount undecidedCount importedCount
        organization { slug } service { name } team { key } category priority
        clocks {
          name
          target { met { value low high hitCount sampleCount } misses { sampleCount meanSeconds } }
          minimum { met { hitCount sampleCount } misses { medianSeconds percentile90Seconds } }
        }
        acknowledgement { clockTime { sampleCount meanSeconds } businessTime { sampleCount } }
        resolution { clockTime { medianSeconds } businessTime { percentile90Seconds } }
        firstContactResolution { value sampleCount } cameBack { hitCount }
        handOffs { sampleCount mean median percentile90 } withoutHandOff { hitCount }
        sigmaLevel(opportunities: [CAME_BACK, PASSED_AROUND]) {
          opportunities { defect definition } ticketCount leftOutCount defectCount
          dpmo dpmoLow dpmoHigh level levelAtLeast shift definition
        }
      }
    }
    backlog {
      csv svg
      days { day openedCount cameBackCount resolvedCount openAtEndCount isComplete }
    }
  }
}"""

CHART = """query Chart($measure: ChartedMeasure!, $baseline: DateTimeRange) {
  controlChart(measure: $measure, period: DAY, baseline: $baseline, clock: "response") {
    measure kind timeZone center baselinePointCount isInControl rules csv svg
    points { startedAt endedAt isComplete value sampleCount low high signals }
  }
}"""


async def figures(api: Api, viewer: Any, **variables: Any) -> Any:
    return (await api.ask(viewer, FIGURES, **variables))["serviceMeasures"]


async def test_an_agent_reads_figures_of_what_they_handle(furnished: World, api: Api) -> None:
    acme = furnished.acme
    opened = await Ticket.filter(organization_id=acme.organization.id).count()

    found = await figures(api, acme.grace)

    assert found["openedCount"] == opened
    assert found["timeZone"] == acme.grace.time_zone
    assert {"time", "tickets", "few", "met", "percentile"} <= {
        one["name"] for one in found["definitions"]
    }
    (group,) = found["groups"]["nodes"]
    assert group["openedCount"] == opened
    assert [clock["name"] for clock in group["clocks"]][:2] == ["response", "resolution"]
    assert [one["defect"] for one in group["sigmaLevel"]["opportunities"]] == [
        "CAME_BACK",
        "PASSED_AROUND",
    ]
    assert group["sigmaLevel"]["shift"] == 1.5
    assert sum(day["openedCount"] for day in found["backlog"]["days"]) == opened
    assert found["backlog"]["svg"].startswith("<svg")


async def test_groups_say_of_what_they_are(furnished: World, api: Api) -> None:
    acme = furnished.acme
    team = await Team.get(id=acme.team.id)

    by_organization = await figures(api, furnished.root, by="ORGANIZATION")
    by_team = await figures(api, acme.grace, by="TEAM", period="WEEK")

    slugs = [group["organization"]["slug"] for group in by_organization["groups"]["nodes"]]
    assert {"acme", "globex"} <= set(slugs)
    assert {group["team"] and group["team"]["key"] for group in by_team["groups"]["nodes"]} <= {
        team.key,
        None,
    }
    assert by_team["groups"]["totalCount"] in (27, 2 * 27)


async def test_another_organization_is_as_one_that_does_not_exist(
    furnished: World, api: Api
) -> None:
    theirs = {"organizationIds": [global_id("Organization", furnished.globex.organization.id)]}
    nowhere = {"organizationIds": ["nonsense"]}

    found = [await figures(api, furnished.acme.grace, filter=one) for one in (theirs, nowhere)]

    assert found[0] == found[1]
    assert found[0]["openedCount"] == 0


async def test_requesters_and_visitors_get_null(furnished: World, api: Api) -> None:
    for viewer in (furnished.acme.ada, None):
        assert await figures(api, viewer) is None
        answer = await api.ask(viewer, CHART, measure="OPENED")
        assert answer["controlChart"] is None


@pytest.mark.parametrize(
    "filter",
    [
        {"timeZone": "Mars/Olympus"},
        {"reopenWindowDays": 999},
        {"decidedAt": {"from": "2026-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z"}},
        {"decidedAt": {"from": "2020-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z"}},
    ],
)
async def test_what_can_not_be_is_bad_input(
    furnished: World, api: Api, filter: dict[str, Any]
) -> None:
    assert await api.codes(furnished.acme.grace, FIGURES, filter=filter) == ["BAD_USER_INPUT"]


async def test_a_chart_has_its_points_and_its_drawing(furnished: World, api: Api) -> None:
    acme = furnished.acme
    opened = await Ticket.filter(organization_id=acme.organization.id).count()

    chart = (await api.ask(acme.grace, CHART, measure="OPENED"))["controlChart"]
    share = (await api.ask(acme.grace, CHART, measure="TARGET_MET"))["controlChart"]

    assert (chart["kind"], share["kind"]) == ("INDIVIDUALS", "SHARES")
    assert sum(point["value"] for point in chart["points"]) == opened
    assert chart["baselinePointCount"] == len(chart["points"]) - 1
    assert chart["points"][-1]["isComplete"] is False
    assert "Nelson" in chart["rules"]
    assert chart["svg"].startswith("<svg")
    assert share["center"] is None
    assert len(list(csv.DictReader(StringIO(chart["csv"])))) == len(chart["points"])


async def test_the_baseline_makes_the_limits(furnished: World, api: Api) -> None:
    whole = (await api.ask(furnished.acme.grace, CHART, measure="OPENED"))["controlChart"]
    points = whole["points"]
    baseline = {"from": points[0]["startedAt"], "to": points[19]["endedAt"]}

    chart = (await api.ask(furnished.acme.grace, CHART, measure="OPENED", baseline=baseline))[
        "controlChart"
    ]

    assert chart["baselinePointCount"] == 20
    assert chart["center"] == sum(point["value"] for point in points[:20]) / 20


def test_figures_weigh_more_than_what_they_return() -> None:
    query = "{ serviceMeasures { openedCount } again: serviceMeasures { openedCount } }"
    document = parse(query)
    (operation,) = document.definitions

    assert operation.operation is OperationType.QUERY  # type: ignore[attr-defined]
    assert Costs(schema._schema, document, operation, Limits()).of({}) == 602  # type: ignore[arg-type]
