"""What belongs to an article: readers, dates, versions, files, languages."""

import re

import pytest

from foredesk.catalog.models import Service, ServiceKind
from foredesk.knowledge.models import Article, ArticleKind, Audience
from foredesk.tickets.articles import link_article
from foredesk.tickets.models import ArticleUse, Ticket
from tests.clock import Clock
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished, furnish_requests
from tests.portal.walker import Page, Walker


@pytest.fixture
async def root(site: Furnished) -> Walker:
    return await signed_in(site, "root@acme.example")


async def test_readers_owner_and_dates_are_set(root: Walker, site: Furnished) -> None:
    article = site.articles["vpn-drops"]
    care = f"/authoring/{article.id}/care"
    page = await root.get(care)
    page = await root.press(page, "Give", ownerId=str(site.grace.person_id))
    assert "OwnerGrace Hopper" in page.said
    page = await root.press(await root.get(care), "It is still right", reviewAt="2026-12-01")
    assert "Look throughDecember 1, 2026" in page.said
    page = await root.press(await root.get(care), "Plan it", retireAt="2026-12-31T18:00")
    assert "Retire on18:00 on December 31" in page.said

    past = await root.press(await root.get(care), "Plan it", retireAt="2020-12-31T18:00")
    assert past.status == 422
    assert "Choose a time to come." in past.said
    assert past.value("retireAt") == "2020-12-31T18:00"

    page = await root.press(await root.get(care), "Change who reads it", audience="agents")
    assert "ReadersAgents only" in page.said
    await article.refresh_from_db()
    assert (article.audience, article.owner_id) == (Audience.AGENTS, site.grace.person_id)


async def test_versions_are_compared_and_one_is_restored(root: Walker, site: Furnished) -> None:
    article = site.articles["clear-a-paper-jam"]
    body = article.body.replace("slowly", "very slowly")
    page = await root.press(
        await root.get(f"/authoring/{article.id}/edit"),
        "Keep as a new version",
        body=body,
        tags="paper",
        note="Paper tears.",
    )
    page = await root.follow(page, "Version 2")
    assert "Version 2, Root Porter, 10:00 today: Paper tears." in page.said
    assert re.search(r"<ins>\s*very\s*</ins>", page.text)
    assert "<del><bdi>–</bdi></del></td><td><ins><bdi>paper</bdi></ins>" in page.text

    page = await root.press(await root.follow(page, "Versions"), "Restore")
    assert "Version 3, as version 1 was" in page.said
    compared = await root.get(f"/authoring/{article.id}/differences?before=1&after=3")
    assert "They say the same." in compared.said
    for numbers in ("before=0&after=1", "before=1&after=9", "before=x&after=1"):
        assert (await root.get(f"/authoring/{article.id}/differences?{numbers}")).status == 404


async def test_files_are_attached_and_taken_away(grace: Walker, site: Furnished) -> None:
    article = site.articles["vpn-drops"]
    page = await grace.get(f"/authoring/{article.id}")

    async def attach(name: str, content: bytes) -> Page:
        token = {"_form": page.form("Attach").fields[0][1]}
        return await grace.upload(f"/authoring/{article.id}/files", token, name, content)

    refused = await attach("run.exe", b"MZ")
    assert refused.status == 422
    assert "Attach files that end in" in refused.said
    assert "This is not what a file that ends in png holds." in (await attach("a.png", b"x")).said
    assert "Choose a file." in (await attach("", b"")).said
    assert (await attach("large.txt", b"x" * 11 * 1024 * 1024)).status == 413

    page = await attach("C:\\Büro\\端末.txt", "Настройки".encode())
    assert page.status == 200
    assert "端末.txt 0.1 KB" in page.said
    page = await grace.press(page, "Take away")
    assert "None are attached." in page.said


async def test_a_template_is_where_an_article_of_its_kind_begins(grace: Walker) -> None:
    page = await grace.follow(await grace.get("/authoring/new"), "How-to")
    assert page.value("body").startswith("## What you need")

    page = await grace.press(page, "Keep as a draft", title="Pair the headset")

    article = await Article.get(title="Pair the headset")
    assert article.kind is ArticleKind.HOW_TO


async def test_a_translation_is_written_falls_behind_and_is_brought_up_to_date(
    root: Walker, site: Furnished
) -> None:
    article = site.articles["reset-your-password"]
    work = await root.get("/authoring/translations?language=de")
    assert "Reset your passwordEnglish · Accounts Missing Translate" in work.said
    page = await root.get(f"/authoring/new?translates={article.id}&language=de")
    assert (page.value("language"), page.value("body")) == ("de", article.body)
    page = await root.press(page, "Keep as a draft", title="Passwort ändern", body="Wie gehabt.")
    translation = await Article.get(title="Passwort ändern")
    assert (translation.original_id, translation.original_version) == (article.id, 1)
    edit = await root.get(f"/authoring/{article.id}/edit")
    await root.press(edit, "Keep as a new version", body="Call us.")

    behind = await root.get(page.address)
    assert "Behind the original" in behind.said
    assert "Call us." in (await root.follow(behind, "What is new there")).said
    assert (
        "Passwort ändern Behind the original" in (await root.get(f"/authoring/{article.id}")).said
    )
    page = await root.press(
        await root.get(f"{page.address}/edit"),
        "Keep as a new version",
        body="Rufen Sie an.",
        isCurrent="2",
    )

    assert "Behind the original" not in page.said
    edit = await root.get(f"/authoring/{article.id}/edit")
    await root.press(edit, "Keep as a new version", body="Call us!")
    page = await root.press(await root.get(page.address), "It says the same already")
    assert "Behind the original" not in page.said


async def test_an_article_is_about_services_and_of_use_to_requests(
    grace: Walker, site: Furnished, clock: Clock
) -> None:
    article = site.articles["reset-your-password"]
    mail = await Service.create(key="mail", name="Mail", kind=ServiceKind.TECHNICAL)
    care = f"/authoring/{article.id}/care"
    await grace.press(await grace.get(care), "Keep the services", serviceIds=str(mail.id))
    assert "checked> <span><bdi>Mail</bdi>" in (await grace.get(care)).text
    await furnish_requests(site, clock)
    grace = await signed_in(site, "grace@acme.example")
    page = await grace.get(f"/authoring/{article.id}")
    assert "Of use to1 request" in page.said
    ticket = await Ticket.get(subject="Laptop does not wake up")
    await link_article(
        site.desk,
        site.grace,
        ticket_id=ticket.id,
        article_id=article.id,
        use=ArticleUse.FLAGGED,
        note="The button is gone.",
    )
    page = await grace.get(f"/authoring/{article.id}")
    assert "What agents found wrong The button is gone." in page.said


async def test_an_article_that_was_written_by_itself_becomes_a_translation(
    grace: Walker, site: Furnished
) -> None:
    german, english = site.articles["vpn-bricht-ab"], site.articles["vpn-drops"]
    care = await grace.get(f"/authoring/{german.id}/care")
    refused = await grace.press(care, "Keep it so", original="/articles/nowhere")
    assert "There is no article at this address." in refused.said
    own = await grace.get(f"/authoring/{english.id}/care")
    same = await grace.press(own, "Keep it so", original="/articles/connect-to-the-vpn")
    assert "A translation is in another language." in same.said

    page = await grace.press(care, "Keep it so", original="http://desk.example/articles/vpn-drops")
    assert "It translates: VPN keeps dropping" in page.said
    care = await grace.get(f"/authoring/{german.id}/care")
    page = await grace.press(care, "Keep it so", original="")
    assert "It translates:" not in page.said
    page = await grace.press(care, "Keep it so", original=f"/authoring/{english.id}")
    assert "It translates:" in page.said
