import string
from datetime import UTC, datetime, timedelta

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from foredesk.people.models import Person
from portal.app import create
from portal.locale.update import catalogue, sentences
from portal.words import NAMES, SOURCE, negotiate, words
from tests.clock import NOW
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker

NEXT_YEAR = datetime(2027, 1, 4, 9, tzinfo=UTC)
LANGUAGES = sorted(NAMES.keys() - {SOURCE})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_portal_is_translated(language: str) -> None:
    with catalogue(language).open("rb") as file:
        known = read_po(file, locale=language)
    missing = []
    for sentence in sentences():
        translation = known.get(sentence.id)
        complete = translation and not translation.fuzzy and all(_strings(translation.string))
        if sentence.id and not complete:
            missing.append(sentence.id)

    assert missing == [], "run python -m portal.locale.update and translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_fuzzy_unused_or_drops_a_value(language: str) -> None:
    said = {sentence.id for sentence in sentences()}
    with catalogue(language).open("rb") as file:
        known = read_po(file, locale=language)

    assert not known.obsolete
    for message in known:
        if message.id:
            assert not message.fuzzy, message.id
            assert message.id in said, message.id
            for text in _strings(message.string):
                assert _values(text) == _values(_strings(message.id)[-1]), message.id


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("fr,de;q=0.3,en;q=0.2", "de"),
        ("en;q=0.1,de;q=0.1", "en"),
        ("de;q=0", "en"),
        ("de;q=nonsense", "en"),
        ("*", "en"),
        (",;,;q=,", "en"),
        ("DE", "de"),
    ],
)
def test_the_language_a_browser_likes_best_is_spoken(accepted: str, language: str) -> None:
    assert negotiate(accepted) == language


@given(st.text(alphabet=string.printable, max_size=200))
def test_any_header_leads_to_a_language(accepted: str) -> None:
    assert negotiate(accepted) in NAMES


@pytest.mark.parametrize(
    ("moment", "english", "german"),
    [
        (NOW, "10:00 today", "heute, 10:00 Uhr"),
        (NOW + timedelta(hours=13, minutes=59), "23:59 today", "heute, 23:59 Uhr"),
        (NOW + timedelta(hours=14), "00:00 tomorrow", "morgen, 00:00 Uhr"),
        (NOW - timedelta(days=1), "10:00 yesterday", "gestern, 10:00 Uhr"),
        (NOW + timedelta(days=2), "10:00 on Wednesday", "Mittwoch, 10:00 Uhr"),
        (NOW + timedelta(days=7), "10:00 on March 9", "9. März, 10:00 Uhr"),
        (NOW - timedelta(days=2), "10:00 on February 28", "28. Februar, 10:00 Uhr"),
        (
            datetime(2027, 1, 4, 9, tzinfo=UTC),
            "10:00 on January 4, 2027",
            "4. Januar 2027, 10:00 Uhr",
        ),
    ],
)
def test_a_moment_is_said_in_the_persons_zone_and_words(
    moment: datetime, english: str, german: str
) -> None:
    assert words("en", "Europe/Berlin").when(moment, NOW) == english
    assert words("de", "Europe/Berlin").when(moment, NOW).startswith(german)


@given(st.timedeltas(timedelta(days=-9000), timedelta(days=9000)), st.sampled_from(["en", "de"]))
def test_any_moment_can_be_said(distance: timedelta, locale: str) -> None:
    said = words(locale, "Pacific/Chatham").when(NOW + distance, NOW)

    assert ":" in said


@pytest.mark.parametrize("zone", ["", "Nowhere/Here", "../../etc/passwd", "/etc/localtime"])
def test_an_unknown_zone_is_utc(zone: str) -> None:
    assert words("en", zone).when(NOW, NOW) == "09:00 today"


async def test_a_chosen_language_beats_the_browsers_and_the_persons(
    ada: Walker, site: Furnished
) -> None:
    english = await ada.get("/requests")

    german = await ada.press(english, "Deutsch")

    assert german.address == "/requests"
    assert '<html lang="de" dir="ltr">' in german.text
    assert "Meine Anfragen" in german.said
    assert german.headers["content-language"] == "de"


async def test_a_persons_own_language_beats_their_browsers(site: Furnished) -> None:
    await Person.filter(email="bob@acme.example").update(locale="de-CH")

    page = await (await signed_in(site, "bob@acme.example")).get("/requests")

    assert "Keine offenen Anfragen" in page.said


async def test_refusals_of_the_desk_are_said_in_german_too(site: Furnished) -> None:
    walker = Walker(create(site.desk), language="de")
    await walker.get("/")

    wrong = await walker.press(
        await walker.get("/sign-in"), "Anmelden", _email="ada@acme.example", _password="wrong"
    )

    assert "Diese E-Mail-Adresse und dieses Passwort gehören nicht zusammen." in wrong.said


def _strings(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _values(text: str) -> set[str]:
    return {part.partition(")")[0] for part in text.split("%(")[1:]}
