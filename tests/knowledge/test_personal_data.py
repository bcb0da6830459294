"""What people wrote, without saying who they are."""

import pytest

from foredesk.knowledge.personal_data import Known, PersonalData, without_personal_data
from foredesk.knowledge.phone_numbers import is_phone_number

JANE = Known("Jane Q. Doe-Miller", "jdoe@acme.example", "+49 170 1234567")


def cleaned(text: str, *people: Known, locale: str = "en", names: tuple[str, ...] = ()) -> str:
    return without_personal_data(text, people=people, names=names, locale=locale).text


def test_a_letter_keeps_what_it_is_about() -> None:
    result = without_personal_data(
        "Hi Grace,\n\nmy laptop shows 0x80070035 since 2026-03-02 14:00 (Windows 10.0.19041.388).\n"
        "Call me: 0170/123 45 67, or mail jdoe@acme.example.\n\nBest regards,\nJane Doe-Miller\n"
        "Sales\n+49 30 123456",
        people=[JANE, Known("Grace Hopper")],
    )

    assert result.text == (
        "my laptop shows 0x80070035 since 2026-03-02 14:00 (Windows 10.0.19041.388).\n"
        "Call me: [phone number], or mail [e-mail address]."
    )
    assert result.removed == {PersonalData.PHONE: 1, PersonalData.EMAIL: 1}


def test_somebody_who_is_known_is_found_however_they_are_written() -> None:
    written = (
        "jane says it's Jane's. JANE Q. DOE-MILLER; Doe is in, miller's clock is not Miller's; "
        r"C:\Users\jdoe\x and /home/jdoe/x; 01701234567"
    )

    assert cleaned(written, JANE) == (
        "[name] says it's [name]'s. [name]; [name] is in, miller's clock is not [name]'s; "
        r"C:\Users\[name]\x and /home/[name]/x; [phone number]"
    )


def test_names_are_found_in_every_script() -> None:
    assert cleaned("Принтер Иванова сломан", Known("Иван Иванов"), locale="ru") == (
        "Принтер [имя] сломан"
    )
    assert cleaned("山田のパソコンと田中さん。お客様", Known("山田 太郎"), locale="ja") == (
        "[名前]のパソコンと[名前]さん。お客様"
    )
    assert cleaned("Muller, Mueller, MÜLLER-Lüdenscheidt", Known("Ute Müller-Lüdenscheidt")) == (
        "[name], [name], [name]-[name]"
    )


def test_strangers_are_found_by_title_by_introduction_and_by_their_whole_name() -> None:
    text = "My name is Bob Stone. Dr. Eve Black and Frau Özil know; ask ann lee, not Ann."

    assert cleaned(text, names=("Ann Lee",)) == (
        "My name is [name]. [name] and [name] know; ask [name], not Ann."
    )


def test_what_follows_thanks_is_kept_where_it_is_no_signature() -> None:
    assert cleaned("It hangs.\n\nThanks!\n\nThe scanner does not work either.") == (
        "It hangs.\n\nThe scanner does not work either."
    )
    assert cleaned("Guten Morgen Frau Klein,\nes hängt.\nMfG\nK. Stark\nBüro 3") == "es hängt."
    assert cleaned("Hello world program crashes") == "Hello world program crashes"


def test_accounts_and_public_addresses_are_taken_out_and_private_ones_stay() -> None:
    assert cleaned("DE89 3704 0044 0532 0130 00 from 8.8.8.8 by 192.168.0.1, version 4.8.0.2") == (
        "[account number] from [IP address] by 192.168.0.1, version 4.8.0.2"
    )


@pytest.mark.parametrize(
    "text",
    ["+1 (555) 010-9999", "030 / 901820", "01.23.45.67.89", "555-010-9999", "00441632960961"],
)
def test_telephone_numbers_are_told(text: str) -> None:
    assert is_phone_number(text)
    assert cleaned(f"It is {text}, always.") == "It is [phone number], always."


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02",
        "02.03.2026 14:15",
        "10.0.19041.388",
        "KB5005565",
        "0x80070035",
        "1073807",
        "550e8400-e29b-41d4-a716-446655440000",
        "80, 443, 8080",
        "https://desk.example/1234567890",
    ],
)
def test_what_only_looks_like_a_number_stays(text: str) -> None:
    assert cleaned(f"It is {text}, always.") == f"It is {text}, always."


def test_text_without_anybody_in_it_stays_as_it_is() -> None:
    text = "Restart the router.\n\n- Wait 30 seconds\n- Look at the light"

    assert without_personal_data(text, people=[JANE]).text == text
