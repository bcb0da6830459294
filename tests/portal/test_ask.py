import pytest

from foredesk.knowledge.models import Deflection, DeflectionOutcome
from foredesk.sla.priority import Impact, Urgency
from foredesk.tickets.models import Ticket
from portal.app import create
from tests.portal.furnished import PASSWORD, Furnished
from tests.portal.walker import Walker

SEND = "Send to the help desk"


async def test_what_was_chosen_and_typed_is_what_the_desk_records(ada: Walker) -> None:
    form = await ada.get("/ask")

    request = await ada.press(
        form,
        SEND,
        subject="  No\tnetwork ",
        details="\nSince noon.\r\n",
        urgency="high",
        impact="medium",
        reach="+44 1632 960 001",
    )

    assert request.address == "/requests/1"
    ticket = await Ticket.get()
    assert ticket.subject == "No network"
    assert ticket.details == "Since noon.\n\nHow to reach me: +44 1632 960 001"
    assert (ticket.urgency, ticket.impact) == (Urgency.HIGH, Impact.MEDIUM)


async def test_nobody_has_to_know_how_urgent_it_is(ada: Walker) -> None:
    await ada.press(await ada.get("/ask"), SEND, subject="Something")

    ticket = await Ticket.get()
    assert (ticket.urgency, ticket.impact) == (None, None)


async def test_sending_the_same_form_twice_makes_one_request(ada: Walker) -> None:
    form = await ada.get("/ask")

    first = await ada.press(form, SEND, subject="Once")
    second = await ada.press(form, SEND, subject="Once")

    assert (first.address, second.address) == ("/requests/1", "/requests/1")
    assert await Ticket.all().count() == 1


async def test_a_form_sent_again_with_other_words_is_shown_again_and_can_then_be_sent(
    ada: Walker,
) -> None:
    form = await ada.get("/ask")
    await ada.press(form, SEND, subject="Once")

    again = await ada.press(form, SEND, subject="Twice")
    sent = await ada.press(again, SEND)

    assert again.status == 422
    assert "This form was sent before with other words." in again.said
    assert again.value("subject") == "Twice"
    assert sent.address == "/requests/2"


@pytest.mark.parametrize(
    ("subject", "problem"),
    [
        ("", "Say in a few words what you need."),
        (" \t ", "Say in a few words what you need."),
        ("x" * 201, "Use at most 200 characters."),
        ("x" * 100_000, "Use at most"),
    ],
)
async def test_a_subject_nobody_can_read_is_shown_again_with_everything_typed(
    ada: Walker, subject: str, problem: str
) -> None:
    form = await ada.get("/ask")

    again = await ada.press(form, SEND, subject=subject, details="<b>&", urgency="low")

    assert again.status == 422
    assert "There is a problem" in again.said
    assert problem in again.said
    assert "<title>Error: Ask for help" in again.text
    assert 'aria-invalid="true"' in again.text
    assert (again.value("subject"), again.value("details")) == (subject, "<b>&")
    assert again.value("urgency") == "low"
    assert not await Ticket.exists()


@pytest.mark.parametrize("broken", [b"a%00b", b"a%FFb", b"a\xffb", b"%ED%A0%80"])
async def test_what_is_no_text_is_shown_again_with_marks_in_its_place(
    ada: Walker, broken: bytes
) -> None:
    form = (await ada.get("/ask")).form(SEND)
    token = dict(form.fields)["_form"].encode()

    again = await ada.post("/ask", b"_form=" + token + b"&subject=" + broken)

    assert again.status == 422
    assert "There are characters here that we cannot read." in again.said
    assert "\ufffd" in again.value("subject")
    assert not await Ticket.exists()


@pytest.mark.parametrize("field", ["urgency", "impact"])
async def test_a_choice_that_was_never_offered_is_refused_and_nothing_is_sent(
    ada: Walker, field: str
) -> None:
    form = await ada.get("/ask")

    again = await ada.press(form, SEND, subject="Kept", **{field: "tremendous"})

    assert again.status == 422
    assert "Please answer this question." in again.said
    assert again.value("subject") == "Kept"
    assert not await Ticket.exists()


async def test_without_javascript_a_button_brings_the_suggestions(visitor: Walker) -> None:
    form = await visitor.get("/ask")
    token = dict(form.form(SEND).fields)["_form"]

    shown = await visitor.post(
        "/ask/articles", f"_form={token}&subject=paper+jam+printer&details=since+noon".encode()
    )
    thanks = await visitor.press(shown, "This answered it")

    assert 'formaction="/ask/articles">Search for an answer</button>' in form.text
    assert (shown.status, shown.value("details")) == (200, "since noon")
    assert "Nothing was sent to the help desk." in thanks.said
    assert [found.outcome for found in await Deflection.all()] == [DeflectionOutcome.SOLVED]
    assert (await visitor.get("/ask/articles")).status == 200
    assert not await Ticket.exists()


async def test_this_answered_it_is_noted_and_nothing_is_sent(ada: Walker) -> None:
    form = await ada.get("/ask?subject=paper+jam+printer")

    thanks = await ada.press(form, "This answered it")

    assert "Nothing was sent to the help desk." in thanks.said
    assert [found.outcome for found in await Deflection.all()] == [DeflectionOutcome.SOLVED]
    assert not await Ticket.exists()


async def test_suggestions_are_in_the_language_of_the_page(site: Furnished) -> None:
    walker = Walker(create(site.desk), language="de-AT,de;q=0.9,en;q=0.5")

    form = await walker.get("/ask?subject=VPN+bricht+ab")

    assert "Die VPN-Verbindung bricht ab" in form.said
    assert "VPN keeps dropping" not in form.said


async def test_who_signs_in_wrongly_on_the_way_keeps_what_they_typed(visitor: Walker) -> None:
    waiting = await visitor.press(await visitor.get("/ask"), SEND, subject="Kept\n words")

    wrong = await visitor.press(
        waiting, "Sign in and send", _email="ada@acme.example", _password="wrong one"
    )
    right = await visitor.press(
        wrong, "Sign in and send", _email="ada@acme.example", _password=PASSWORD
    )

    assert wrong.status == 422
    assert "do not go together" in wrong.said
    assert (await Ticket.get()).subject == "Kept words"
    assert right.address == "/requests/1"
