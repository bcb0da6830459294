"""What is charted of a week, day by day, and the same as CSV."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from foredesk.desk import Desk
from foredesk.measures.chart import Charted, control_chart
from foredesk.measures.control import ChartKind
from foredesk.measures.facts import Cut
from foredesk.measures.measure import service_measures
from foredesk.measures.names import names_of
from foredesk.measures.periods import Period
from foredesk.measures.table import backlog_csv, chart_csv, figures_csv
from tests.clock import Clock
from tests.measures.story import WEEK, Office, open_office, play_the_week


@pytest.fixture
async def office(desk: Desk, clock: Clock) -> Office:
    office = await open_office(desk, clock)
    await play_the_week(office)
    return office


async def test_each_measure_has_its_values_and_what_they_rest_on(office: Office) -> None:
    charts = {
        measure: await control_chart(
            office.desk,
            office.grace,
            selection=WEEK,
            measure=measure,
            clock="response",
            period=Period.DAY,
        )
        for measure in Charted
    }

    def points(measure: Charted) -> list[tuple[float | None, int]]:
        return [(point.value, point.n) for point in charts[measure].chart.points]

    assert [n for _, n in points(Charted.TARGET_MET)] == [3, 2, 0, 0, 1, 0, 0]
    assert [n for _, n in points(Charted.MINIMUM_MET)] == [2, 3, 0, 0, 1, 0, 0]
    assert [n for _, n in points(Charted.CAME_BACK)] == [1, 2, 1, 1, 1, 0, 0]
    assert [n for _, n in points(Charted.TIME_TO_ACKNOWLEDGE)] == [2, 2, 2, 0, 0, 0, 0]
    assert [n for _, n in points(Charted.TIME_TO_RESOLVE)] == [1, 1, 2, 1, 1, 0, 0]
    assert {value for value, _ in points(Charted.TIME_TO_RESOLVE)} == {None}
    assert [value for value, _ in points(Charted.OPENED)] == [4, 2, 0, 0, 1, 0, 0]
    assert [value for value, _ in points(Charted.RESOLVED)] == [1, 2, 2, 1, 1, 0, 0]
    assert [value for value, _ in points(Charted.OPEN_AT_END)] == [3, 3, 2, 1, 1, 1, 1]
    assert charts[Charted.TARGET_MET].chart.kind is ChartKind.SHARES
    assert charts[Charted.OPENED].chart.kind is ChartKind.INDIVIDUALS
    assert charts[Charted.OPENED].chart.center is None


async def test_a_week_of_enough_has_a_median_and_a_share(office: Office) -> None:
    times = await control_chart(
        office.desk, office.grace, selection=WEEK, measure=Charted.TIME_TO_RESOLVE
    )
    kept = await control_chart(
        office.desk, office.grace, selection=WEEK, measure=Charted.TARGET_MET, clock="resolution"
    )

    assert times.chart.points[0].value == pytest.approx((30 + 50) / 2)
    assert kept.chart.points[0].value == pytest.approx(3 / 5)


async def test_the_figures_as_csv_say_the_same(office: Office) -> None:
    measures = await service_measures(
        office.desk, office.grace, selection=replace(WEEK, is_imported=False), by=Cut.ORGANIZATION
    )
    values = [group.value for group in measures.groups]
    names = await names_of(office.grace, Cut.ORGANIZATION, values)

    rows = list(csv.DictReader(StringIO(figures_csv(measures, names))))

    (met,) = [
        row
        for row in rows
        if (row["figure"], row["clock"], row["level"]) == ("met", "response", "target")
    ]
    assert (met["value"], met["n"], met["hits"], met["share"]) == ("Acme", "6", "3", "0.5")
    assert (met["time_zone"], met["from"]) == ("Europe/Berlin", "2026-03-02T00:00:00+01:00")
    (business,) = [
        row for row in rows if (row["figure"], row["level"]) == ("resolution", "business_time")
    ]
    assert (business["n"], business["mean"], business["unit"]) == ("5", "55080", "seconds")
    (dpmo,) = [row for row in rows if row["figure"] == "dpmo"]
    assert (dpmo["n"], dpmo["hits"], dpmo["share"]) == ("20", "3", "150000")
    days = list(csv.DictReader(StringIO(backlog_csv(measures))))
    assert [day["open_at_end"] for day in days] == ["2", "2", "2", "1", "1", "1", "1"]


async def test_a_chart_as_csv_has_a_line_for_each_period(office: Office) -> None:
    chart = await control_chart(
        office.desk, office.grace, selection=WEEK, measure=Charted.OPENED, period=Period.DAY
    )

    rows = list(csv.DictReader(StringIO(chart_csv(chart))))

    assert [row["value"] for row in rows] == ["4", "2", "0", "0", "1", "0", "0"]
    assert {row["center"] for row in rows} == {""}
