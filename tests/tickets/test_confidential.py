"""Confidential requests: only the requester and the members of the team know of them."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from foredesk.channels.notify import notify_requester
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted
from foredesk.knowledge.models import ArticleQuestion
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.enroll import form_team
from foredesk.people.models import Organization, Person, PersonKind, RequestVisibility, Team
from foredesk.people.policy import Act, may
from foredesk.people.roles import Role, Scope
from foredesk.people.service_accounts import create_service_account
from foredesk.people.teams import add_team_member
from foredesk.people.tokens import IssuedToken, issue_token
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.ports import JobContext, Outcome
from foredesk.surveys.decide import decide_on_surveys
from foredesk.surveys.models import InvitationDecision
from foredesk.tickets.announce import deliver_to_plugin
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.confirm import confirm_resolution
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.facts import facts_of
from foredesk.tickets.history import classified_tickets
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.queries import history_of, visible_events, visible_to
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind
from foredesk.tickets.teach import teach_articles
from foredesk.tickets.verify import differences
from tests.people import make_agent, make_organization, make_requester, make_team
from tests.quiet_parts import NoHooks, QuietJobs, QuietMailer


@dataclass
class House:
    desk: Desk
    open: Team
    trust: Team
    ada: Viewer
    bob: Viewer
    grace: Viewer
    hanna: Viewer
    root: Viewer

    async def confided(self) -> Ticket:
        """Recorded by Ada, given by Grace to those it is for."""
        ticket = await record_ticket(self.desk, self.ada, subject="Between us", details="Secret.")
        await assign_ticket(self.desk, self.grace, ticket_id=ticket.id, team_id=self.trust.id)
        return await Ticket.get(id=ticket.id)

    async def sees(self, viewer: Viewer, ticket: Ticket) -> bool:
        return await visible_to(viewer).filter(id=ticket.id).exists()


@pytest.fixture
async def house(desk: Desk) -> House:
    acme = await make_organization(desk, "acme", request_visibility=RequestVisibility.ORGANIZATION)
    provider = await make_organization(desk, "provider")
    open_team = await make_team(desk, acme, provider, key="first-line")
    trust = await form_team(
        desk, SYSTEM, key="trust", name="Trust", serves=[acme, provider], is_confidential=True
    )
    return House(
        desk=desk,
        open=open_team,
        trust=trust,
        ada=await make_requester(desk, acme, "Ada"),
        bob=await make_requester(desk, acme, "Bob"),
        grace=await make_agent(desk, provider, team=open_team, name="Grace"),
        hanna=await make_agent(desk, provider, team=trust, name="Hanna"),
        root=await make_agent(desk, provider, role=Role.ADMINISTRATOR, team=open_team, name="Root"),
    )


async def test_only_the_requester_and_the_members_see_it(house: House) -> None:
    ticket = await house.confided()

    seen = {
        name: await house.sees(getattr(house, name), ticket)
        for name in ("ada", "bob", "grace", "hanna", "root")
    }
    assert seen == {"ada": True, "bob": False, "grace": False, "hanna": True, "root": False}
    assert await visible_to(house.root).count() == 0


async def test_a_member_sees_no_other_request_of_the_organization(house: House) -> None:
    open_one = await record_ticket(house.desk, house.bob, subject="The printer")

    assert not await house.sees(house.hanna, open_one)
    assert await house.sees(house.grace, open_one)
    assert await house.sees(house.ada, open_one)


async def test_its_internal_side_is_for_members_only_even_if_an_agent_asked(house: House) -> None:
    ticket = await record_ticket(house.desk, house.grace, subject="About my lead")
    await assign_ticket(house.desk, house.grace, ticket_id=ticket.id, team_id=house.trust.id)
    await add_internal_note(house.desk, house.hanna, ticket_id=ticket.id, body="Careful.")
    row = await Ticket.get(id=ticket.id)

    for viewer, expected in ((house.grace, False), (house.hanna, True), (house.root, False)):
        for events in (history_of(viewer, row), visible_events(viewer).filter(ticket_id=row.id)):
            assert (EventKind.NOTED in [event.kind for event in await events]) is expected
    assert not may(house.grace, Act.RESOLVE, row)
    assert not may(house.root, Act.RESOLVE, row)
    assert may(house.hanna, Act.RESOLVE, row)
    with pytest.raises(NotPermitted):
        await add_internal_note(house.desk, house.grace, ticket_id=ticket.id, body="Mine?")
    with pytest.raises(NotFound):
        await resolve_ticket(house.desk, house.root, ticket_id=ticket.id, resolution="No.")


async def test_who_took_it_down_is_not_answered_with_it_again_once_it_is_confided(
    house: House,
) -> None:
    async def attempt() -> Ticket:
        return await record_ticket(
            house.desk,
            house.grace,
            subject="Between us",
            requester_id=house.ada.person_id,
            idempotency_key="once",
        )

    ticket = await attempt()
    assert (await attempt()).id == ticket.id
    await assign_ticket(house.desk, house.grace, ticket_id=ticket.id, team_id=house.trust.id)
    with pytest.raises(NotFound):
        await attempt()
    assert await Ticket.all().count() == 1


async def test_no_administrator_sees_it_through_a_program_of_theirs(house: House) -> None:
    desk, root, trust = house.desk, house.root, house.trust.id
    hanna = await make_agent(
        desk, await Organization.get(slug="provider"), role=Role.ADMINISTRATOR, team=house.trust
    )

    async def program(viewer: Viewer, *team_ids: UUID) -> Person:
        return await create_service_account(
            desk,
            viewer,
            organization_id=hanna.organization_id or trust,
            name="Bot",
            roles=[Role.INCIDENT_RESOLVER],
            team_ids=team_ids,
        )

    async def token(viewer: Viewer, person: Person) -> IssuedToken:
        end = desk.now() + timedelta(days=1)
        return await issue_token(
            desk, viewer, person=person, name="", scopes=[Scope.TICKETS], expires_at=end
        )

    theirs, ours = await program(root), await program(hanna, trust)
    with pytest.raises(NotPermitted):
        await program(root, trust)
    with pytest.raises(NotPermitted):
        await add_team_member(desk, root, team_id=trust, person_id=theirs.id)
    with pytest.raises(NotPermitted):
        await token(root, ours)
    assert await token(root, theirs)
    assert await token(hanna, ours)
    await add_team_member(desk, hanna, team_id=trust, person_id=theirs.id)
    assert await Person.filter(kind=PersonKind.SERVICE).count() == 2


async def test_it_stays_with_the_team_until_another_is_named(house: House) -> None:
    ticket = await house.confided()
    await assign_ticket(house.desk, house.hanna, ticket_id=ticket.id)
    kept = await Ticket.get(id=ticket.id)
    assert (kept.team_id, kept.is_confidential) == (house.trust.id, True)
    with pytest.raises(InvalidInput):
        await assign_ticket(
            house.desk, house.hanna, ticket_id=ticket.id, assignee_id=house.grace.person_id
        )
    with pytest.raises(NotFound):
        await escalate_ticket(
            house.desk,
            house.hanna,
            ticket_id=ticket.id,
            reason="Boss",
            person_id=house.grace.person_id,
        )

    await assign_ticket(house.desk, house.hanna, ticket_id=ticket.id, team_id=house.open.id)
    assert await house.sees(house.grace, ticket)
    assert not await house.sees(house.hanna, ticket)
    last = await TicketEvent.filter(ticket_id=ticket.id).order_by("-sequence").first()
    assert last is not None
    assert last.data["is_confidential"] is False
    assert await differences(await Ticket.get(id=ticket.id)) == []


async def test_escalating_to_the_team_makes_it_confidential(house: House) -> None:
    ticket = await record_ticket(house.desk, house.ada, subject="Worse than I thought")
    await escalate_ticket(
        house.desk, house.grace, ticket_id=ticket.id, reason="Theirs", team_id=house.trust.id
    )
    row = await Ticket.get(id=ticket.id)

    assert row.is_confidential
    assert not await house.sees(house.grace, row)
    assert await differences(row) == []


async def test_its_words_are_told_to_no_plugin_and_taught_to_nobody(house: House) -> None:
    ticket = await house.confided()
    await classify_ticket(
        house.desk,
        house.hanna,
        ticket_id=ticket.id,
        kind=None,
        category="harassment",
        impact=None,
        urgency=None,
    )
    facts = await facts_of(await Ticket.get(id=ticket.id))

    assert (facts.subject, facts.details, facts.is_confidential) == ("", "", True)
    assert await classified_tickets(ticket.organization_id, 100) == []


async def test_mail_about_it_says_nothing_of_it(house: House) -> None:
    ticket = await house.confided()
    await add_reply(house.desk, house.hanna, ticket_id=ticket.id, body="We believe you.")
    mailer = house.desk.mailer
    assert isinstance(mailer, QuietMailer)
    mailer.sent.clear()
    event = await TicketEvent.get(ticket_id=ticket.id, kind=EventKind.REPLIED)
    await notify_requester(house.desk, event.id)

    (mail,) = mailer.sent
    assert mail.subject == f"There is news about your confidential request {ticket.number}"
    assert f"/requests/{ticket.number}" in mail.text
    for word in ("Between us", "believe", "Hanna"):
        assert word not in mail.subject + mail.text


async def test_nobody_is_asked_about_it_in_a_survey(house: House) -> None:
    ticket = await house.confided()
    await resolve_ticket(house.desk, house.hanna, ticket_id=ticket.id, resolution="Talked.")
    await confirm_resolution(house.desk, house.ada, ticket_id=ticket.id)
    await decide_on_surveys(house.desk, ticket.id)

    assert await InvitationDecision.all().count() == 0


class Spy(NoHooks):
    """A plugin that wants to hear of everything."""

    def listeners(self, hook: str, organization_id: UUID | None) -> tuple[str, ...]:
        return ("spy",)

    async def deliver(
        self, hook: str, plugin: str, organization_id: UUID | None, **facts: Any
    ) -> Outcome:
        raise AssertionError("It was told.")


async def test_no_plugin_is_told_of_it_not_even_late(house: House) -> None:
    desk = replace(house.desk, hooks=Spy(), jobs=QuietJobs())
    assert isinstance(desk.jobs, QuietJobs)
    open_one = await record_ticket(desk, house.ada, subject="Not yet")
    told = [payload for name, payload, _, _ in desk.jobs.enqueued if name == "plugin_event"]
    assert told
    await assign_ticket(desk, house.grace, ticket_id=open_one.id, team_id=house.trust.id)
    await add_reply(desk, house.hanna, ticket_id=open_one.id, body="Now it is.")

    later = [payload for name, payload, _, _ in desk.jobs.enqueued if name == "plugin_event"]
    assert later == told
    for payload in told:
        await deliver_to_plugin(desk, payload, JobContext("k", 0, desk.now()))


async def test_no_article_learns_its_question(house: House) -> None:
    article = await write_article(house.desk, SYSTEM, title="Trust", body="Whom to talk to.")
    await publish_article(house.desk, SYSTEM, article_id=article.id)
    ticket = await house.confided()
    await resolve_ticket(
        house.desk, house.hanna, ticket_id=ticket.id, resolution="See.", article_ids=[article.id]
    )
    event = await TicketEvent.get(ticket_id=ticket.id, kind=EventKind.RESOLVED)
    await teach_articles(house.desk, event)

    assert await ArticleQuestion.all().count() == 0
