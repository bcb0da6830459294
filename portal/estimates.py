"""Estimates: how often promised times of repair are kept, as a page and as a table."""

import csv
from dataclasses import dataclass
from io import StringIO
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from foredesk.catalog import queries as catalog
from foredesk.people.queries import visible_teams
from foredesk.text import harmless_cell
from foredesk.tickets.calibration import (
    Calibration,
    CalibrationCut,
    CalibrationRow,
    CalibrationVerdict,
    repair_estimate_calibration,
)
from foredesk.tickets.repairs import PromiseLevel, PromiseTurn
from portal.pages import desk_of, page
from portal.visits import visit_of
from portal.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    row: CalibrationRow
    part: str
    turn: str
    level: str
    verdict: str
    tone: str

    @property
    def share(self) -> str:
        return _percent(self.row.estimate.value)

    @property
    def interval(self) -> str:
        return f"{_percent(self.row.estimate.low)} – {_percent(self.row.estimate.high)}"

    @property
    def aim(self) -> str:
        return _percent(self.row.aim) if self.row.aim is not None else "–"


async def show(request: Request) -> Response:
    cut, found, lines = await _read(request)
    return page(request, "estimates.html", cut=cut.value, found=found, lines=lines)


async def download(request: Request) -> Response:
    words = visit_of(request).words
    _, _, lines = await _read(request)
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [
            words("Part"),
            words("Which promise"),
            words("How sure"),
            words("Aim"),
            words("Promises"),
            words("Kept"),
            words("Share"),
            words("Lower limit"),
            words("Upper limit"),
            words("Revisions on average"),
        ]
    )
    for line in lines:
        figures = line.row.estimate
        cells = (line.part, line.turn, line.level, line.row.aim, figures.n, line.row.kept_count,
                 figures.value, figures.low, figures.high, line.row.mean_revisions)  # fmt: skip
        writer.writerow(harmless_cell("" if cell is None else str(cell)) for cell in cells)
    return Response(
        file.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="estimates.csv"',
            "Cache-Control": "no-store",
        },
    )


async def _read(request: Request) -> tuple[CalibrationCut, Calibration, list[Line]]:
    visit, chosen = visit_of(request), request.query_params.get("by", "all")
    cut = CalibrationCut(chosen) if chosen in {one.value for one in CalibrationCut} else None
    cut = cut or CalibrationCut.ALL
    found = await repair_estimate_calibration(desk_of(request), visit.viewer, cut=cut)
    names = await _names(request, cut, found)
    return cut, found, [_line(row, cut, names, visit.words) for row in found.rows]


async def _names(request: Request, cut: CalibrationCut, found: Calibration) -> dict[UUID, str]:
    viewer = visit_of(request).viewer
    if cut is CalibrationCut.TEAM:
        teams = visible_teams(viewer).filter(id__in=[row.team_id for row in found.rows])
        return {team.id: team.name for team in await teams}
    if cut is CalibrationCut.SERVICE:
        services = catalog.visible_to(viewer).filter(id__in=[row.service_id for row in found.rows])
        return {service.id: service.name for service in await services}
    return {}


def _line(row: CalibrationRow, cut: CalibrationCut, names: dict[UUID, str], words: Words) -> Line:
    verdict, tone = _verdict(row.verdict, words)
    return Line(
        row=row,
        part=_part(row, cut, names, words),
        turn=words("first") if row.turn is PromiseTurn.FIRST else words("last revision"),
        level=_level(row.level, words),
        verdict=verdict,
        tone=tone,
    )


def _part(row: CalibrationRow, cut: CalibrationCut, names: dict[UUID, str], words: Words) -> str:
    match cut:
        case CalibrationCut.ALL:
            return words("all")
        case CalibrationCut.MONTH:
            return row.month or ""
    part = row.team_id or row.service_id
    return names.get(part, words("not shown")) if part else words("none")


def _level(level: PromiseLevel, words: Words) -> str:
    match level:
        case PromiseLevel.P50:
            return words("probably by")
        case PromiseLevel.P90:
            return words("almost certainly by")
        case PromiseLevel.SINGLE:
            return words("a single time")


def _verdict(verdict: CalibrationVerdict | None, words: Words) -> tuple[str, str]:
    match verdict:
        case CalibrationVerdict.CALIBRATED:
            return words("as promised"), "good"
        case CalibrationVerdict.TOO_OPTIMISTIC:
            return words("too optimistic"), "bad"
        case CalibrationVerdict.TOO_CAUTIOUS:
            return words("too cautious"), "warn"
        case None:
            return "", ""


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"
