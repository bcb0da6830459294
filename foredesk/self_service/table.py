"""Table: the figures of self-service as CSV. Pure."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO

from foredesk.measures.figures import Share
from foredesk.self_service.figures import Deflections
from foredesk.self_service.missing import Missing
from foredesk.self_service.tally import DeflectionFigures
from foredesk.self_service.upkeep import NeglectedArticle
from foredesk.text import harmless_cell

MISSING = (
    "kind", "text", "language", "people", "searches", "without_result", "without_click", "tickets",
)  # fmt: skip
UPKEEP = (
    "article", "title", "concerns", "helpful", "not_helpful", "reused", "updated_at", "review_at",
)  # fmt: skip
Cell = str | int | float | bool | datetime | None
FIGURES = (
    "from", "to", "channel", "article", "title", "figure", "count", "hits", "n", "share", "low",
    "high",
)  # fmt: skip


def deflections_csv(found: Deflections) -> str:
    """A line for each figure: of all, of each channel, of each article."""
    return written(FIGURES, _lines(found))


def missing_csv(found: Missing) -> str:
    """A line for each gap, then one for each wording of a search."""
    gaps = (
        ("gap", one.text, "", one.people, one.searches, None, None, one.tickets)
        for one in found.gaps
    )
    queries = (
        (
            "query", one.text, one.locale, one.people, one.searches, one.without_result,
            one.without_click, None,
        )
        for one in found.queries
    )  # fmt: skip
    return written(MISSING, (*gaps, *queries))


def upkeep_csv(found: Sequence[NeglectedArticle]) -> str:
    return written(
        UPKEEP,
        (
            (
                one.article.slug, one.article.title, " ".join(one.concerns), one.votes.helpful,
                one.votes.not_helpful, one.reused, one.article.updated_at, one.article.review_at,
            )
            for one in found
        ),
    )  # fmt: skip


def written(header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> str:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    for line in lines:
        writer.writerow([_cell(value) for value in line])
    return file.getvalue()


def _lines(found: Deflections) -> Iterator[tuple[Cell, ...]]:
    time = (found.since, found.until)
    for line in _figures(found.whole):
        yield (*time, "", "", "", *line)
    for channel, figures in found.channels.items():
        for line in _figures(figures):
            yield (*time, channel.value, "", "", *line)
    for one in found.articles:
        for line in _figures(one.figures):
            yield (*time, "", one.article.slug, one.article.title, *line)


def _figures(figures: DeflectionFigures) -> Iterator[tuple[Cell, ...]]:
    yield _counted("searches", figures.searches)
    yield _share("zero_result", figures.zero_result.hits, figures.zero_result)
    yield _counted("offered", figures.offered)
    yield _counted("held_out", figures.held_out)
    yield _share("click_through", figures.click_through.hits, figures.click_through)
    for name in ("confirmed", "potential", "failed", "refused"):
        outcome = getattr(figures, name)
        yield _share(name, outcome.count, outcome.share)
    yield _counted("pending", figures.pending)


def _counted(figure: str, count: int) -> tuple[Cell, ...]:
    return (figure, count, None, None, None, None, None)


def _share(figure: str, count: int, share: Share) -> tuple[Cell, ...]:
    one = share.estimate
    return (figure, count, share.hits, share.n, one.value, one.low, one.high)


def _cell(value: Cell) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else harmless_cell(str(value))
