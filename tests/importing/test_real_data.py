"""The real help center and the real tables of ../shared/data, where they are."""

import gzip
from itertools import islice
from pathlib import Path

import pytest

from foredesk.desk import Desk
from foredesk.importing.knowledge import import_knowledge
from foredesk.importing.ticket_map import TicketMap
from foredesk.importing.tickets import import_tickets
from foredesk.knowledge.models import Article, ArticleLink
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.models import Ticket

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
ROWS = 150
MAPS = ROOT / "docs" / "maps"


@pytest.fixture
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip(f"the real data is not at {DATA}")
    return DATA


async def test_the_real_help_center_comes_in_and_every_link_in_it_leads_somewhere(
    desk: Desk, data: Path
) -> None:
    report = await import_knowledge(desk, SYSTEM, directory=data / "knowledge")

    taken = {language: counts["added"] for language, counts in report.taken.items()}
    assert taken == {"en": 242, "de": 257, "fr": 257, "ru": 257, "ja": 257, "fa": 253}
    assert {remark.reason for remark in report.refused} == {"it has no text"}
    assert len(report.refused) == 5
    assert report.notices == []
    slugs = set(await Article.all().values_list("slug", flat=True))
    assert len(slugs) == 1523
    assert set(await ArticleLink.all().values_list("target_slug", flat=True)) <= slugs
    for html in await Article.all().values_list("body_html", flat=True):
        assert "<script" not in html
        assert "<iframe" not in html
        assert "<img" not in html

    again = await import_knowledge(desk, SYSTEM, directory=data / "knowledge")

    assert again.count("unchanged") == 1523
    assert again.count("added") == again.count("changed") == 0


@pytest.mark.parametrize(
    ("table", "map_", "requests"),
    [
        ("categorization/it_tickets.csv.gz", "it_tickets", ROWS),
        ("load/questions_10k.jsonl.gz", "questions", ROWS),
        ("service_levels/incident_events.csv.gz", "incidents", 25),
    ],
)
async def test_the_maps_that_come_with_the_documentation_fit_the_real_tables(
    desk: Desk, data: Path, tmp_path: Path, table: str, map_: str, requests: int
) -> None:
    with gzip.open(data / table) as rows:
        beginning = gzip.compress(b"".join(islice(rows, ROWS + (".csv" in table))))
    file = tmp_path / Path(table).name
    file.write_bytes(beginning)

    report = await import_tickets(
        desk, SYSTEM, file=file, ticket_map=TicketMap.read(MAPS / f"{map_}.toml")
    )

    assert report.refused == []
    assert report.count("added") == requests == await Ticket.all().count()
