"""A whole knowledge base out into a folder, and in again."""

from datetime import timedelta
from pathlib import Path

import pytest

from foredesk.article_files import record
from foredesk.article_files.bring_in import Outcome, import_articles
from foredesk.article_files.export import export_articles
from foredesk.catalog.models import Service, ServiceKind
from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.knowledge.article_services import name_services
from foredesk.knowledge.attach import attach_file, attached_file, attachments_of
from foredesk.knowledge.models import Article, ArticleKind, ArticleVersion, Audience
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.schedule import schedule_article
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.models import Person
from foredesk.people.viewer import SYSTEM
from tests.clock import NOW
from tests.tickets import Crowd, make_crowd

ODD = "Drucker – принтер 🖨 \u2028 --- \x85 'x': \"y\" # {z}"


def files_in(folder: Path) -> dict[str, bytes]:
    found = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in found}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return tmp_path / "tree"


async def forget_articles() -> None:
    await Article.all().update(original_id=None)
    await Article.all().delete()


@pytest.fixture
async def crowd(desk: Desk) -> Crowd:
    """With everything that an article can have."""
    crowd = await make_crowd(desk)
    service = await Service.create(key="vpn", name="VPN", kind=ServiceKind.TECHNICAL)
    odd = await write_article(
        desk,
        crowd.grace,
        title=ODD,
        body=f"---\n{ODD}\r\n# Two\n\n---\n\n\n```\n---\n```",
        tags=["yes", "1.0", "#"],
        section="A › B",
        review_at=NOW + timedelta(days=90, microseconds=5),
        kind=ArticleKind.HOW_TO,
    )
    await revise_article(desk, crowd.grace, article_id=odd.id, body="Second.", note="Shorter")
    await publish_article(desk, SYSTEM, article_id=odd.id)
    await revise_article(desk, SYSTEM, article_id=odd.id, body="Third.")
    await write_article(
        desk, crowd.grace, title="Drei", body="Dritte.", locale="de", translation_of=odd.id
    )
    await name_services(desk, SYSTEM, article_id=odd.id, service_ids=[service.id])
    await attach_file(desk, SYSTEM, article_id=odd.id, name="Größe.md", content=b"# One\r\n")
    ours = await write_article(
        desk,
        crowd.grace,
        title="印刷" * 60,
        body="Ours.",
        audience=Audience.ORGANIZATION,
        organization_id=crowd.acme.id,
        owner_id=crowd.grace.person_id,
    )
    await schedule_article(
        desk, SYSTEM, article_id=ours.id, publish_at=NOW + timedelta(days=1), retire_at=None
    )
    await write_article(
        desk,
        SYSTEM,
        title="Team",
        body="Theirs.",
        audience=Audience.GROUP,
        team_id=crowd.desk_team.id,
    )
    return crowd


async def test_nothing_is_lost_on_the_way_out_and_in(desk: Desk, crowd: Crowd, tree: Path) -> None:
    first, second = tree / "first", tree / "second"
    assert await export_articles(SYSTEM, directory=first) == 4
    await forget_articles()

    report = await import_articles(desk, SYSTEM, directory=first)

    assert (report.taken, report.refused, report.remarks) == ({Outcome.ADDED: 4}, [], [])
    assert await export_articles(SYSTEM, directory=second) == 4
    assert files_in(second) == files_in(first)
    odd = await Article.get(kind=ArticleKind.HOW_TO)
    (file,) = await attachments_of(SYSTEM, odd.id)
    attached = await attached_file(SYSTEM, file.id)
    assert attached
    assert attached.content == b"# One\r\n"
    again = await import_articles(desk, SYSTEM, directory=first)
    assert again.taken == {Outcome.UNCHANGED: 4}


async def test_what_people_change_in_the_folder_becomes_a_version_once(
    desk: Desk, crowd: Crowd, tree: Path
) -> None:
    await export_articles(SYSTEM, directory=tree)
    file = tree / "de" / "drei.md"
    file.write_bytes(file.read_bytes().replace(b"Dritte.", b"Vierte."))

    for outcomes in ({Outcome.CHANGED: 1, Outcome.UNCHANGED: 3}, {Outcome.UNCHANGED: 4}):
        report = await import_articles(desk, SYSTEM, directory=tree)
        assert (report.taken, report.refused) == (outcomes, [])

    drei = await Article.get(title="Drei")
    assert (drei.body, drei.version, drei.original_id is None) == ("Vierte.", 2, False)
    assert await ArticleVersion.filter(article_id=drei.id).order_by("version").values_list(
        "body", "note"
    ) == [("Dritte.", ""), ("Vierte.", "Imported")]


async def test_what_was_revised_here_since_is_refused_and_so_is_what_can_not_be_read(
    desk: Desk, crowd: Crowd, tree: Path
) -> None:
    await export_articles(SYSTEM, directory=tree)
    await revise_article(
        desk, SYSTEM, article_id=(await Article.get(title="Drei")).id, body="Hier."
    )
    stale, broken = tree / "de" / "drei.md", tree / "en" / "team.md"
    stale.write_bytes(stale.read_bytes().replace(b"Dritte.", b"Dort."))
    broken.write_text(broken.read_text("utf-8").replace("audience:", "audiance:"), "utf-8")

    report = await import_articles(desk, SYSTEM, directory=tree)

    assert report.exit_code == 1
    assert report.refused == [
        f"de/{stale.name}: it was revised here since: this is version 1, here is 2",
        "en/team.md: it says something of audiance, which articles do not have",
    ]
    assert (await Article.get(title="Drei")).body == "Hier."


async def test_whom_a_desk_does_not_know_is_left_out_and_told(
    desk: Desk, crowd: Crowd, tree: Path
) -> None:
    await export_articles(SYSTEM, directory=tree)
    await forget_articles()
    grace = await Person.get(id=crowd.grace.person_id)
    email, grace.email = grace.email, "elsewhere@example.org"
    await grace.save()
    await Article.create(
        slug="team", title="Taken", created_at=NOW, updated_at=NOW, audience=Audience.PUBLIC
    )

    report = await import_articles(desk, SYSTEM, directory=tree)

    assert report.taken == {Outcome.ADDED: 4}
    assert "en/team.md: its address was taken, it is team-2 now" in report.remarks
    assert f"de/drei.md: there is no person {email} here" in report.remarks
    assert (await Article.get(title="Drei")).owner_id is None


async def test_who_may_not_import_may_not_export(crowd: Crowd, tree: Path) -> None:
    with pytest.raises(NotPermitted):
        await export_articles(crowd.grace, directory=tree)


def test_every_column_is_exported_or_said_to_follow_from_others() -> None:
    columns = set(Article._meta.fields_db_projection)
    said = {*record.PLAIN, *record.KEYS, *record.CHOICES, *record.TIMES, *record.DERIVED}
    assert said | {*record.PEOPLE.values(), *record.PLACES.values()} == columns | {
        f"{name}_id" for name in Article._meta.fk_fields
    }
    version = set(ArticleVersion._meta.fields_db_projection) | {"article_id", "author_id"}
    assert {*record.VERSION_PLAIN, *record.VERSION_DERIVED, "at", "author_id"} == version
