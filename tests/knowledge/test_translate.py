import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotPermitted
from foredesk.knowledge.authoring import ArticleNoticeKind
from foredesk.knowledge.models import Article, ArticleKind
from foredesk.knowledge.notices import visible_notices
from foredesk.knowledge.originals import is_behind
from foredesk.knowledge.queries import translations
from foredesk.knowledge.templates import article_templates, template_of
from foredesk.knowledge.translate import (
    TranslationState,
    in_language,
    link_translation,
    mark_translation_current,
    translation_work,
)
from foredesk.knowledge.write import revise_article, write_article
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization, make_requester


async def behind(article: Article) -> bool:
    stored = await Article.get(id=article.id).select_related("original")
    return is_behind(stored, stored.original)


async def test_a_translation_is_behind_when_its_original_says_something_newer(desk: Desk) -> None:
    grace = await make_agent(desk, await make_organization(desk))
    original = await publish(desk, "Printer")
    german = await publish(
        desk, "Drucker", locale="de", translation_of=original.id, owner_id=grace.person_id
    )
    french = await publish(desk, "Imprimante", locale="fr", translation_of=german.id)
    assert not await behind(german)

    for body in ("New.", "Newer."):
        await revise_article(desk, SYSTEM, article_id=original.id, body=body)

    assert await behind(german)
    assert await behind(french)
    assert [one.kind for one in await visible_notices(grace)] == [
        ArticleNoticeKind.ORIGINAL_CHANGED
    ]
    await revise_article(desk, grace, article_id=german.id, body="Neu.", original_version=2)
    assert await behind(german)
    await mark_translation_current(desk, grace, article_id=german.id, original_version=3)
    assert not await behind(german)
    for wrong in (0, 4):
        with pytest.raises(InvalidInput):
            await mark_translation_current(
                desk, grace, article_id=german.id, original_version=wrong
            )
    with pytest.raises(InvalidInput):
        await mark_translation_current(desk, grace, article_id=original.id, original_version=1)


async def test_readers_get_the_language_that_comes_nearest(desk: Desk) -> None:
    original = await publish(desk, "Printer")
    german = await publish(desk, "Drucker", locale="de", translation_of=original.id)
    swiss = await publish(desk, "Printer CH", locale="de-CH", translation_of=original.id)
    await write_article(
        desk, SYSTEM, title="Imprimante", body="B", locale="fr", translation_of=original.id
    )

    found = {
        locale: (await in_language(ANONYMOUS, german, locale)).title
        for locale in ("de", "de-CH", "de-AT", "en-GB", "fr", "ja")
    }

    assert found == {
        "de": "Drucker",
        "de-CH": "Printer CH",
        "de-AT": "Drucker",
        "en-GB": "Printer",
        "fr": "Printer",
        "ja": "Printer",
    }
    assert await in_language(ANONYMOUS, original, "de-AT") in (german, swiss)


async def test_what_is_to_be_translated_is_told_by_what_is_most_wrong(desk: Desk) -> None:
    acme = await make_organization(desk)
    grace = await make_agent(desk, acme)
    wrong = await publish(desk, "Wrong by now")
    await publish(desk, "Falsch", locale="de", translation_of=wrong.id)
    half = await publish(desk, "Half done")
    await write_article(desk, SYSTEM, title="Halb", body="B", locale="de", translation_of=half.id)
    done = await publish(desk, "Done")
    await publish(desk, "Fertig", locale="de", translation_of=done.id)
    await publish(desk, "A missing one")
    await publish(desk, "Nur deutsch", locale="de")
    await revise_article(desk, SYSTEM, article_id=wrong.id, body="Right.")

    work = await translation_work(grace, locale="de")

    assert [(one.original.title, one.state) for one in work] == [
        ("Wrong by now", TranslationState.BEHIND),
        ("Half done", TranslationState.UNPUBLISHED),
        ("A missing one", TranslationState.MISSING),
    ]
    with pytest.raises(NotPermitted):
        await translation_work(await make_requester(desk, acme), locale="de")


async def test_articles_that_exist_already_are_linked_as_translations(desk: Desk) -> None:
    original = await publish(desk, "Printer")
    german = await publish(desk, "Drucker", locale="de")
    english = await publish(desk, "Ink")

    await link_translation(desk, SYSTEM, article_id=german.id, original_id=original.id)

    assert [one.title for one in await translations(ANONYMOUS, original)] == ["Drucker"]
    for article, other in ((english, original), (english, german), (original, english)):
        with pytest.raises(InvalidInput):
            await link_translation(desk, SYSTEM, article_id=article.id, original_id=other.id)
    await link_translation(desk, SYSTEM, article_id=german.id, original_id=None)
    assert not await translations(ANONYMOUS, original)


def test_there_is_a_template_for_each_kind_in_the_authors_language() -> None:
    for locale in ("en", "de-AT", "fi"):
        assert [one.kind for one in article_templates(locale)] == list(ArticleKind)
    assert template_of(ArticleKind.HOW_TO, "de").body.startswith("## Was Sie brauchen\n\n")
    assert template_of(ArticleKind.KNOWN_ERROR, "fi").name == "Known error"
    assert template_of(ArticleKind.ARTICLE, "en").body == ""
