import shutil
from pathlib import Path

import pytest

from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.importing.knowledge import import_knowledge
from foredesk.importing.report import Remark, Report, UnusableCall
from foredesk.knowledge.models import (
    Article,
    ArticleChange,
    ArticleLink,
    ArticleState,
    ArticleVersion,
)
from foredesk.knowledge.originals import is_behind
from foredesk.knowledge.publish import retire_article
from foredesk.knowledge.write import revise_article
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from tests.knowledge.desks import publish

TREE = Path(__file__).parent / "tree"
EVERYTHING = 8


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the sample tree that a test may change."""
    return Path(shutil.copytree(TREE, tmp_path / "help"))


async def taken(desk: Desk, directory: Path, **options: str) -> Report:
    return await import_knowledge(desk, SYSTEM, directory=directory, **options)


async def at(path: str) -> Article:
    return await Article.get(source_path=f"help/{path}")


async def test_every_article_comes_in_published_in_its_language_and_section(
    desk: Desk, tree: Path
) -> None:
    report = await taken(desk, tree)

    assert report.refused == []
    assert {language: dict(counts) for language, counts in report.taken.items()} == {
        "en": {"added": 4},
        "de": {"added": 2},
        "ru": {"added": 1},
        "ja": {"added": 1},
    }
    rows = (
        await Article.all()
        .order_by("source_path")
        .values_list("source_path", "slug", "locale", "title", "section", "state")
    )
    assert rows == [
        ("help/de/printing/offline.md", "der-drucker-ist-offline", "de",
         "Der Drucker ist offline", "Drucken", "published"),
        ("help/de/printing/printing.md", "drucken", "de", "Drucken", "Drucken", "published"),
        ("help/en/network/cables.mdx", "cables-and-sockets", "en",
         "Cables and sockets", "Network", "published"),
        ("help/en/printing/offline.md", "the-printer-is-offline", "en",
         "The printer is offline", "Printing", "published"),
        ("help/en/printing/printing.md", "printing", "en", "Printing", "Printing", "published"),
        ("help/en/printing/scanner/scan-to-mail.md", "scan-to-mail", "en",
         "Scan to mail", "Printing › Scanner", "published"),
        ("help/ja/password.md", "パスワード-リセット", "ja", "パスワード リセット", "", "draft"),
        ("help/ru/printing/offline.md", "принтер-не-в-сети", "ru",
         "Принтер не в сети", "Printing", "published"),
    ]  # fmt: skip


async def test_what_is_no_markdown_of_ours_is_made_so_and_code_stays_as_it_is(
    desk: Desk, tree: Path
) -> None:
    await taken(desk, tree)

    offline = await at("en/printing/offline.md")
    assert offline.summary == "Switch it off and on again."
    assert offline.tags == ["printer", "network"]
    assert offline.body == (
        ":::info Before you start\n\n"
        "Look at the [cable](/articles/cables-and-sockets#length), please.\n\n"
        ":::tip\nOr at [the socket][socket].\n:::\n\n:::\n\n"
        "1. Press the button. ![The button](https://images.example.org/button.png)\n"
        "2. Wait<br/>a minute.\n\n"
        ":::details What the lamps mean\n\n"
        '```html\n<div class="lamp">[not a link](/printing/offline)</div>\n```\n\n'
        ":::\n\n"
        "[A video](https://videos.example.org/embed/1)\n\n"
        "See [this page](#the-printer-is-offline), [scanning](/articles/scan-to-mail), nothing "
        "and [our site](https://example.org).\n\n"
        "[socket]: /articles/cables-and-sockets"
    )
    cables = await at("en/network/cables.mdx")
    assert cables.body == (
        "**Short ones**\n\nUp to **two meters**.\n\n"
        "Keep them dry. Choose `<Note>` or <color>.\n\n"
        "## Length {#length}\n\nNot too long: [printing](/articles/printing)."
    )


async def test_links_lead_to_articles_of_the_same_language_or_to_english_ones(
    desk: Desk, tree: Path
) -> None:
    report = await taken(desk, tree)

    german = await at("de/printing/printing.md")
    assert german.body == (
        "Alles über [den Drucker](/articles/der-drucker-ist-offline) und "
        "[Scannen](/articles/scan-to-mail)."
    )
    links = await ArticleLink.all().values_list("article__source_path", "target_slug", "anchor")
    assert sorted(links) == [
        ("help/de/printing/printing.md", "der-drucker-ist-offline", ""),
        ("help/de/printing/printing.md", "scan-to-mail", ""),
        ("help/en/network/cables.mdx", "printing", ""),
        ("help/en/printing/offline.md", "cables-and-sockets", ""),
        ("help/en/printing/offline.md", "cables-and-sockets", "length"),
        ("help/en/printing/offline.md", "scan-to-mail", ""),
        ("help/en/printing/printing.md", "scan-to-mail", ""),
        ("help/en/printing/printing.md", "the-printer-is-offline", ""),
    ]
    assert report.notices == [
        Remark(
            "en/printing/offline.md",
            36,
            "leads to nothing that was imported: /nothing/here",
        )
    ]


async def test_the_same_path_in_each_language_is_one_article_in_translation(
    desk: Desk, tree: Path
) -> None:
    await taken(desk, tree)

    group = (await at("en/printing/offline.md")).translation_group
    same = await Article.filter(translation_group=group).values_list("locale", flat=True)
    assert set(same) == {"en", "de", "ru"}
    assert (await at("en/printing/printing.md")).translation_group != group


async def test_a_translation_is_behind_until_its_file_changes_too(desk: Desk, tree: Path) -> None:
    async def behind() -> dict[str, bool]:
        await taken(desk, tree)
        original = await at("en/printing/offline.md")
        rows = await Article.filter(original_id=original.id)
        return {row.locale: is_behind(row, original) for row in rows}

    first = await behind()
    for language in ("en", "de"):
        file = tree / language / "printing" / "offline.md"
        file.write_text(file.read_text("utf-8") + "\n\nMore.\n", "utf-8")
        if language == "en":
            second = await behind()

    assert first == {"de": False, "ru": False}
    assert second == {"de": True, "ru": True}
    assert await behind() == {"de": False, "ru": True}


async def test_a_box_that_is_never_closed_ends_with_the_article(desk: Desk, tree: Path) -> None:
    await taken(desk, tree)

    article = await at("de/printing/offline.md")
    assert article.body_html == (
        '<aside class="admonition admonition-caution">\n'
        '<p class="admonition-title">Vorsicht heiß</p>\n<p>Nie geschlossen.</p>\n</aside>\n'
    )


async def everything() -> tuple[object, ...]:
    return (
        await Article.all().order_by("id").values(),
        await ArticleVersion.all().order_by("id").values(),
        await ArticleLink.all().order_by("id").values(),
        await ArticleChange.all().values(),
    )


async def test_a_second_run_changes_nothing(desk: Desk, tree: Path) -> None:
    await taken(desk, tree)
    before = await everything()

    report = await taken(desk, tree)

    assert await everything() == before
    assert report.count("unchanged") == EVERYTHING
    assert report.count("added") == report.count("changed") == 0


async def test_a_changed_file_updates_one_article_and_keeps_what_it_said(
    desk: Desk, tree: Path
) -> None:
    await taken(desk, tree)
    before = await at("ru/printing/offline.md")
    file = tree / "ru/printing/offline.md"
    file.write_text(file.read_text().replace("Включите его.", "Выключите и включите его."))

    report = await taken(desk, tree)

    assert (report.count("changed"), report.count("unchanged")) == (1, EVERYTHING - 1)
    after = await at("ru/printing/offline.md")
    assert (after.id, after.slug, after.version) == (before.id, before.slug, 2)
    assert after.body == "Выключите и включите его."
    versions = await ArticleVersion.filter(article_id=after.id).order_by("version")
    assert [version.body for version in versions] == ["Включите его.", after.body]
    assert after.revision > before.revision


async def test_a_new_title_keeps_the_address(desk: Desk, tree: Path) -> None:
    await taken(desk, tree)
    file = tree / "en/printing/scanner/scan-to-mail.md"
    file.write_text(file.read_text().replace("Scan to mail", "Scan to your mailbox"))

    await taken(desk, tree)

    article = await at("en/printing/scanner/scan-to-mail.md")
    assert (article.title, article.slug) == ("Scan to your mailbox", "scan-to-mail")


async def test_a_removed_file_is_reported_and_its_article_stays(desk: Desk, tree: Path) -> None:
    await taken(desk, tree)
    (tree / "ru/printing/offline.md").unlink()

    report = await taken(desk, tree)

    assert report.gone == ["ru/printing/offline.md"]
    assert report.exit_code == 0
    assert (await at("ru/printing/offline.md")).state is ArticleState.PUBLISHED


async def test_what_people_decided_here_is_kept(desk: Desk, tree: Path) -> None:
    await taken(desk, tree)
    retired = await at("ru/printing/offline.md")
    await retire_article(desk, SYSTEM, article_id=retired.id)
    edited = await at("de/printing/offline.md")
    await revise_article(desk, SYSTEM, article_id=edited.id, body="Hier geändert.")
    file = tree / "ru/printing/offline.md"
    file.write_text(file.read_text() + "\nЕщё.\n")

    await taken(desk, tree)

    assert (await at("ru/printing/offline.md")).state is ArticleState.RETIRED
    assert (await at("de/printing/offline.md")).body == "Hier geändert."


BROKEN = {
    "yaml.md": (b'---\ntitle: "open\nx: [\n---\n\nText.\n', 2, "broken front matter"),
    "list.md": (b"---\n- a\n---\n\nText.\n", 2, "broken front matter"),
    "never-closed.md": (b"---\ntitle: T\n\nText.\n", 1, "the front matter is never closed"),
    "empty.md": (b"---\ntitle: Empty\n---\n\n<!-- nothing -->\n", 4, "it has no text"),
    "untitled.md": (b"No title.\n", 1, "it has neither a title nor a heading"),
    "latin.md": (b"# Latin\n\ncaf\xe9\n", 3, "is not UTF-8"),
    "zero.md": (b"# Zero\n\na\x00b\n", 3, "is not text"),
    "language.md": (b"---\ntitle: T\nlang: klingonish\n---\nText.\n", 1, "unknown language"),
    "long-title.md": (b"# " + b"x" * 201 + b"\n\nText.\n", None, "title: "),
    "long.md": (b"# Long\n\n" + b"word " * 70_000, None, "body: "),
    "large.md": (b"# Large\n\n" + b"word\n" * 410_000, None, "is larger than"),
}


async def test_what_cannot_be_taken_is_listed_with_its_reason_and_the_rest_goes_in(
    desk: Desk, tree: Path
) -> None:
    for name, (content, _, _) in BROKEN.items():
        (tree / "en" / name).write_bytes(content)

    report = await taken(desk, tree)

    assert report.exit_code == 1
    assert report.count("added") == EVERYTHING
    refused = {remark.place: remark for remark in report.refused}
    assert set(refused) == {f"en/{name}" for name in BROKEN}
    for name, (_, line, reason) in BROKEN.items():
        assert refused[f"en/{name}"].line == line, name
        assert refused[f"en/{name}"].reason.startswith(reason), name


async def test_after_mending_only_what_is_missing_is_taken(desk: Desk, tree: Path) -> None:
    file = tree / "ru/printing/offline.md"
    good = file.read_bytes()
    file.write_bytes(b"---\nbroken: [\n---\n")
    await taken(desk, tree)

    file.write_bytes(good)
    report = await taken(desk, tree)

    assert report.exit_code == 0
    assert (report.count("added"), report.count("unchanged")) == (1, EVERYTHING - 1)


async def test_a_file_that_breaks_does_not_take_its_links_along(desk: Desk, tree: Path) -> None:
    await taken(desk, tree)
    (tree / "en/printing/offline.md").write_bytes(b"---\nbroken: [\n---\n")

    report = await taken(desk, tree)

    assert (report.count("changed"), report.count("unchanged")) == (0, EVERYTHING - 1)
    assert "/articles/the-printer-is-offline" in (await at("en/printing/printing.md")).body
    assert report.gone == []


async def test_titles_that_several_articles_share_get_addresses_that_tell_them_apart(
    desk: Desk, tmp_path: Path
) -> None:
    for path in ("en/mac/mac", "en/mac/about", "en/tv/about", "de/tv/about", "de/mac/mac"):
        file = tmp_path / "help" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {'Mac' if path.endswith('mac') else 'About'}\n\nText.\n")
    await publish(desk, "TV About")

    await taken(desk, tmp_path / "help")

    rows = await Article.filter(source_path__isnull=False).values_list("source_path", "slug")
    assert dict(rows) == {
        "help/en/mac/mac.md": "mac",
        "help/en/mac/about.md": "mac-about",
        "help/en/tv/about.md": "tv-about-en",
        "help/de/mac/mac.md": "mac-de",
        "help/de/tv/about.md": "about",
    }


async def test_languages_come_from_the_front_matter_the_folder_or_the_call(
    desk: Desk, tmp_path: Path
) -> None:
    for path, text in {
        "pt-BR/a.md": "# A\n\nx",
        "faq/b.md": "# B\n\nx",
        "c.md": "# C\n\nx",
        "de/d.md": "---\nlang: fr\n---\n# D\n\nx",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)

    await taken(desk, tmp_path, locale="ru", name="x")

    assert dict(await Article.all().values_list("title", "locale")) == {
        "A": "pt-BR",
        "B": "ru",
        "C": "ru",
        "D": "fr",
    }


async def test_a_call_that_makes_no_sense_is_refused(desk: Desk, tmp_path: Path) -> None:
    for directory, locale in ((tmp_path, "en"), (tmp_path / "none", "en"), (TREE, "xx-none")):
        with pytest.raises(UnusableCall):
            await taken(desk, directory, locale=locale)
    with pytest.raises(NotPermitted):
        await import_knowledge(desk, ANONYMOUS, directory=TREE)

    assert not await Article.exists()


async def test_progress_only_grows_and_ends_at_the_end(desk: Desk, tree: Path) -> None:
    steps: list[tuple[int, int]] = []

    await import_knowledge(
        desk, SYSTEM, directory=tree, progress=lambda done, all_: steps.append((done, all_))
    )

    assert steps == sorted(steps)
    assert steps[-1] == (EVERYTHING * 2, EVERYTHING * 2)
