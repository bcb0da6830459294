"""Figures: what was promised and kept, how long things take, and what is usual."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput
from foredesk.measures.chart import MeasuredChart, control_chart
from foredesk.measures.drawing import Saying, draw_backlog, draw_control_chart
from foredesk.measures.facts import Cut, CutValue
from foredesk.measures.figures import Figures, figures_of, sigma_of
from foredesk.measures.measure import Measures, service_measures
from foredesk.measures.names import names_of
from foredesk.measures.queries import sees_measures
from foredesk.measures.sigma import Defect
from foredesk.measures.table import backlog_csv, chart_csv, figures_csv
from foredesk.measures.tally import Tally
from foredesk.people.queries import visible_organizations, visible_teams
from foredesk.sla.priority import Priority
from portal import labels, measures_words
from portal.doors import View, members
from portal.managing import SHOWN_AT_MOST
from portal.measures_asked import CLOCKS, FIELDS, Asked, asked_in
from portal.pages import desk_of, page
from portal.refusals import say
from portal.visits import Visit, visit_of


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one value of the cut."""

    name: str
    figures: Figures


def measuring(view: View) -> View:
    """Raises HTTPException 404 for those who see no figures: it is not theirs to know of."""

    async def endpoint(request: Request) -> Response:
        if not sees_measures(visit_of(request).viewer):
            raise HTTPException(404)
        return await view(request)

    return members(endpoint)


async def show(request: Request) -> Response:
    """With a problem beside the field, the usual time is shown."""
    visit, now = visit_of(request), desk_of(request).now()
    problems: dict[str, str] = {}
    try:
        asked = asked_in(request.query_params, visit.viewer, now)
        measures, measured = await _measured(request, asked), await _charted(request, asked)
    except InvalidInput as refusal:
        problems = {"from" if refusal.field != "to" else "to": say(visit.words, refusal)}
        asked = asked_in({}, visit.viewer, now)
        measures, measured = await _measured(request, asked), await _charted(request, asked)
    context = await _context(visit, asked, measures, measured)
    return page(
        request,
        "measures.html",
        status=422 if problems else 200,
        problems=problems,
        sent={name: request.query_params.get(name, "") for name in FIELDS},
        **context,
    )


async def download(request: Request) -> Response:
    asked = _asked(request)
    measures = await service_measures(
        desk_of(request),
        visit_of(request).viewer,
        selection=asked.selection,
        by=asked.by,
        period=asked.period,
    )
    return _table("figures", figures_csv(measures, await _names(visit_of(request), measures)))


async def download_backlog(request: Request) -> Response:
    return _table("backlog", backlog_csv(await _measured(request, _asked(request))))


async def download_chart(request: Request) -> Response:
    return _table("chart", chart_csv(await _charted(request, _asked(request))))


async def draw_chart(request: Request) -> Response:
    measured = await _charted(request, _asked(request))
    saying = measures_words.chart_saying(visit_of(request).words, measured)
    return _drawing(draw_control_chart(measured, saying))


async def draw_days(request: Request) -> Response:
    measures = await _measured(request, _asked(request))
    return _drawing(draw_backlog(measures.backlog, _backlog_saying(request, measures)))


def _asked(request: Request) -> Asked:
    return asked_in(request.query_params, visit_of(request).viewer, desk_of(request).now())


def _backlog_saying(request: Request, measures: Measures) -> Saying:
    return measures_words.backlog_saying(visit_of(request).words, measures)


async def _measured(request: Request, asked: Asked) -> Measures:
    viewer = visit_of(request).viewer
    return await service_measures(desk_of(request), viewer, selection=asked.selection, by=asked.by)


async def _charted(request: Request, asked: Asked) -> MeasuredChart:
    return await control_chart(
        desk_of(request),
        visit_of(request).viewer,
        selection=asked.selection,
        measure=asked.measure,
        clock=asked.clock,
        period=asked.period,
    )


async def _context(
    visit: Visit, asked: Asked, measures: Measures, measured: MeasuredChart
) -> Mapping[str, Any]:
    whole = Tally()
    for group in measures.groups:
        whole.add(group.tally)
    words = visit.words
    drawn = draw_control_chart(measured, measures_words.chart_saying(words, measured))
    days = draw_backlog(measures.backlog, measures_words.backlog_saying(words, measures))
    return {
        "asked": asked,
        "figures": figures_of(whole),
        "sigma": sigma_of(whole, tuple(Defect)),
        "lines": await _lines(visit, measures),
        "chart": measured,
        "chart_rows": _chart_rows(visit, measured),
        "chart_drawing": Markup(drawn),  # its texts are escaped where it is drawn
        "backlog": measures.backlog,
        "backlog_drawing": Markup(days),
        "measuring": measures_words,
        "choices": await _choices(visit),
    }


async def _lines(visit: Visit, measures: Measures) -> list[Line]:
    names = await _names(visit, measures)
    return [
        Line(
            visit.words("All others") if group.is_rest else names.get(group.value, ""),
            figures_of(group.tally),
        )
        for group in measures.groups
    ]


async def _names(visit: Visit, measures: Measures) -> Mapping[CutValue, str]:
    values = [group.value for group in measures.groups]
    if measures.by is Cut.PRIORITY:
        known = [Priority(str(value)) for value in values if value]
        return {value.value: labels.priority(value, visit.words) for value in known}
    return await names_of(visit.viewer, measures.by, values)


def _chart_rows(visit: Visit, measured: MeasuredChart) -> list[tuple[Any, ...]]:
    """Each period with its figure, its limits and what was found, the newest first."""
    chart, words = measured.chart, visit.words
    columns = zip(measured.spans, chart.points, chart.limits, chart.signals, strict=True)
    rows = [
        (
            span.day,
            point,
            limits,
            ", ".join(words(measures_words.SIGNALS[signal]) for signal in sorted(signals)),
        )
        for span, point, limits, signals in columns
    ]
    return rows[::-1]


async def _choices(visit: Visit) -> Mapping[str, list[Any]]:
    viewer, words = visit.viewer, visit.words
    organizations = visible_organizations(viewer).order_by("name", "id").limit(SHOWN_AT_MOST)
    return {
        "companies": await organizations,
        "teams": await visible_teams(viewer).order_by("name", "id").limit(SHOWN_AT_MOST),
        "priorities": [(one.value, labels.priority(one, words)) for one in Priority],
        "cuts": [(cut.value, words(label)) for cut, label in measures_words.CUTS.items()],
        "periods": [(one.value, words(label)) for one, label in measures_words.PERIODS.items()],
        "charted": [(one.value, words(label)) for one, label in measures_words.CHARTED.items()],
        "clocks": [(name, measures_words.clock_name(name, words)) for name in CLOCKS],
    }


def _table(name: str, text: str) -> Response:
    return Response(
        text.encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "no-store",
        },
    )


def _drawing(svg: str) -> Response:
    return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
