from datetime import timedelta

from foredesk.desk import Desk
from foredesk.people.models import ApiToken, Person
from foredesk.people.reminders import remind_of_tokens
from foredesk.people.roles import Role, Scope
from foredesk.people.service_accounts import create_service_account
from foredesk.people.tokens import issue_token, revoke_token
from foredesk.people.viewer import Viewer, viewer_of
from foredesk.ports import Mail
from tests.clock import Clock
from tests.people import make_organization, make_person
from tests.quiet_parts import QuietMailer


async def issued(desk: Desk, viewer: Viewer, person: Person, *, days: int) -> ApiToken:
    made = await issue_token(
        desk,
        viewer,
        person=person,
        name=f"For {days} days",
        scopes=[Scope.READ],
        expires_at=desk.now() + timedelta(days=days),
    )
    return made.token


def sent(desk: Desk) -> list[Mail]:
    assert isinstance(desk.mailer, QuietMailer)
    return list(desk.mailer.sent)


async def test_a_week_before_a_token_ends_its_owner_is_told_once(desk: Desk, clock: Clock) -> None:
    ada = await make_person(desk, await make_organization(desk), name="Ada")
    viewer = await viewer_of(ada)
    for days in (30, 31, 7):
        await issued(desk, viewer, ada, days=days)
    gone = await issued(desk, viewer, ada, days=29)
    await revoke_token(desk, viewer, token=gone)

    clock.advance(timedelta(days=22, hours=23))
    assert await remind_of_tokens(desk) == 0
    clock.advance(timedelta(hours=1))
    assert await remind_of_tokens(desk) == 1
    assert await remind_of_tokens(desk) == 0

    (mail,) = sent(desk)
    assert mail.to == ada.email
    assert mail.subject == "An API token ends soon: For 30 days"
    assert 'the API token "For 30 days" of Ada ends on April 1, 2026.' in mail.text
    assert mail.text.count("http://127.0.0.1:8000/account/tokens\n") == 1


async def test_of_a_service_account_the_administrator_is_told_while_they_are_there(
    desk: Desk, clock: Clock
) -> None:
    acme = await make_organization(desk, locale="de")
    root = await make_person(desk, acme, Role.ADMINISTRATOR, name="Root")
    viewer = await viewer_of(root)
    robot = await create_service_account(desk, viewer, organization_id=acme.id, name="Robot")
    await issued(desk, viewer, robot, days=30)
    await issued(desk, viewer, robot, days=40)
    clock.advance(timedelta(days=25))
    assert await remind_of_tokens(desk) == 1

    await Person.filter(id=root.id).update(is_active=False)
    clock.advance(timedelta(days=10))
    assert await remind_of_tokens(desk) == 0

    (mail,) = sent(desk)
    assert (mail.to, mail.locale) == (root.email, "de")
    assert "von Robot läuft am 1. April 2026 ab" in mail.text
    assert f"/service-accounts/{robot.id}\n" in mail.text
