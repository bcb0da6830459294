"""What the demo holds once it is loaded, and that it holds together."""

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from foredesk.catalog.models import Service
from foredesk.channels.models import MailState, OutboxMail
from foredesk.composition import Parts
from foredesk.database import connect, disconnect
from foredesk.demo import EVERYBODY, NotEmpty, Script, is_empty, is_loaded
from foredesk.demo.people import COMPANIES
from foredesk.knowledge.authoring import ArticleProposal
from foredesk.knowledge.models import Article, ArticleQuestion, ArticleState, ArticleVersion, Search
from foredesk.knowledge.search_models import GoldenQuery, GoldenRun
from foredesk.knowledge.translate import translation_work
from foredesk.people.enroll import register_organization
from foredesk.people.models import Absence, Organization, Person, RoleGrant, Team
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from foredesk.ports import Reader, SearchQuery
from foredesk.sla.models import Agreement, AgreementVersion, Calendar, ClockState, TicketClock
from foredesk.surveys.models import Invitation, Response, Survey, SurveyState
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind, TicketState
from foredesk.tickets.verify import differences
from tests.databases import FAST_SQLITE
from tests.demo.loading import SMALL, UNTIL, building, load

TOLD = ("subject", "details", "body", "resolution", "reason", "comment", "repair_at", "category")
RARE = {
    EventKind.IMPORTED,
    EventKind.OPERATIONAL_MISSED,
    EventKind.ESTIMATE_OVERDUE,
    EventKind.OUTAGE_REPORT_DRAFTED,
    EventKind.OUTAGE_REPORT_REVISED,
    EventKind.OUTAGE_REPORT_DISCARDED,
    EventKind.OUTAGE_REPORT_SENT,
    EventKind.OUTAGE_REPORT_ACCEPTED,
    EventKind.OUTAGE_REPORT_REFUSED,
    EventKind.OUTAGE_ACTION_COMPLETED,
    EventKind.ARTICLE_LINKED,
    EventKind.ARTICLE_UNLINKED,
    EventKind.KNOWN_ERROR_TOLD,
}
"""What so few requests need not hold: outages and known errors are rare."""

Told = list[tuple[int, str, str, str, str]]


async def test_the_demo_holds_what_it_promises_and_every_ticket_is_what_its_events_say(
    parts: Parts,
) -> None:
    said: list[tuple[str, float]] = []
    summary = await load(parts, progress=lambda what, share: said.append((what, share)))

    assert (summary.organizations, summary.people, summary.articles) == (3, len(EVERYBODY), 40)
    assert summary.tickets == await Ticket.all().count() >= SMALL.tickets
    assert said[0] == ("People, services and articles", 0.0)
    assert said[-1] == ("Done", 1.0)
    shares = [share for _, share in said]
    assert shares == sorted(shares)
    assert await is_loaded()
    assert not await is_empty()
    await _check_people_and_promises()
    await _check_articles(parts)
    await _check_tickets()
    await _check_what_followed(parts)


async def _check_people_and_promises() -> None:
    assert {org.slug for org in await Organization.all()} == {one.slug for one in COMPANIES}
    granted = {grant.role for grant in await RoleGrant.all()}
    assert granted == set(Role)
    signs_in = await Person.exclude(password_hash="").count()
    assert signs_in == sum(player.signs_in for player in EVERYBODY)
    assert await Team.all().count() == 3
    hidden = await Ticket.filter(is_confidential=True).prefetch_related("team")
    assert [ticket.team.name for ticket in hidden if ticket.team] == ["Trust"]
    assert await Absence.filter(ends_at__gt=UNTIL).count() == 1
    assert await Service.all().count() == 12
    assert await Calendar.all().count() == 3
    assert (await Agreement.all().count(), await AgreementVersion.all().count()) == (4, 5)
    surveys = await Survey.all()
    assert [survey.state for survey in surveys] == [SurveyState.LIVE] * 2


async def _check_articles(parts: Parts) -> None:
    articles = await Article.all()
    assert {article.state for article in articles} == {ArticleState.PUBLISHED}
    assert Counter(article.locale for article in articles) == {"en": 22, "de": 18}
    assert Counter(article.audience.value for article in articles) == {
        "public": 36,
        "organization": 3,
        "agents": 1,
    }
    assert await ArticleVersion.all().count() == 44
    groups = Counter(article.translation_group for article in articles)
    assert sorted(groups.values()) == [1] * 4 + [2] * 18
    proposed = await ArticleProposal.get().prefetch_related("article")
    assert proposed.article.title == "Arbeitszeiten buchen und berichtigen"
    assert "fünften Arbeitstag" in proposed.body
    behind = [one for one in await translation_work(SYSTEM, locale="de") if one.translation]
    assert len(behind) == 2
    found = await parts.desk.knowledge.search(SearchQuery("vpn bricht ab", "de", Reader()))
    titles = {article.id: article.title for article in articles}
    assert {golden.text: golden.holds for golden in await GoldenQuery.all()} == {
        "vpn keeps dropping": True,
        "forgot my password": True,
        "printer does not print": True,
        "Drucker druckt nicht": True,
    }
    assert [run.was_stopped for run in await GoldenRun.all()] == [False, False]
    assert titles[found.hits[0].article_id] == "Das VPN bricht ständig ab"


async def _check_tickets() -> None:
    tickets = await Ticket.all().order_by("number")
    assert [ticket.number for ticket in tickets] == list(range(1, len(tickets) + 1))
    assert {ticket.state for ticket in tickets} == set(TicketState)
    opened = [ticket.opened_at for ticket in tickets]
    assert opened == sorted(opened)
    assert SMALL.since <= opened[0]
    assert opened[-1] <= UNTIL
    for ticket in tickets:
        assert await differences(ticket) == []
        times = [e.occurred_at for e in await TicketEvent.filter(ticket_id=ticket.id)]
        assert times == sorted(times)
        assert times[-1] <= UNTIL
    kinds = {event.kind for event in await TicketEvent.all()}
    assert kinds >= set(EventKind) - {EventKind.SUGGESTED, EventKind.REOPENED} - RARE


async def _check_what_followed(parts: Parts) -> None:
    ends = {clock.state for clock in await TicketClock.all()}
    assert {ClockState.MET, ClockState.RUNNING, ClockState.PAUSED} <= ends
    assert {mail.state for mail in await OutboxMail.all()} == {MailState.KEPT}
    assert await ArticleQuestion.all().count() > 0
    assert await Search.filter(ticket_id__not_isnull=True).exists()
    assert await Invitation.all().count() >= await Response.all().count() > 0
    assert (await parts.jobs.counts())["failed"] == 0


async def test_two_loads_with_one_seed_tell_the_same_story(
    sqlite_template: Path, tmp_path: Path
) -> None:
    script = Script(until=UNTIL, days=12, tickets=9, visits=6)
    first = await _told(_copied(sqlite_template, tmp_path / "first"), script)
    second = await _told(_copied(sqlite_template, tmp_path / "second"), script)
    assert len(first) > 130
    assert first == second


async def test_an_interrupted_load_leaves_nothing_half_done_and_begins_again(
    parts: Parts,
) -> None:
    script = Script(until=UNTIL, days=15, tickets=4, visits=2)

    class Interrupted(Exception):
        pass

    def interrupt(what: str, share: float) -> None:
        if share > 0.5:
            raise Interrupted

    with pytest.raises(Interrupted):
        await load(parts, script, interrupt)
    assert await Ticket.all().count() == 0
    assert await Search.all().count() == 0
    assert await Article.all().count() == 40
    assert await is_empty()

    summary = await load(parts, script)
    assert (summary.people, summary.articles) == (len(EVERYBODY), 40)
    assert summary.tickets == await Ticket.all().count() > 4


async def test_a_database_with_other_content_is_left_alone(parts: Parts) -> None:
    await register_organization(parts.desk, SYSTEM, slug="acme", name="Acme")
    assert not await is_empty()
    with pytest.raises(NotEmpty):
        await load(parts)
    assert await Person.all().count() == 0
    assert not await is_loaded()


def _copied(template: Path, folder: Path) -> Path:
    folder.mkdir()
    shutil.copyfile(template, folder / "foredesk.sqlite3")
    return folder


async def _told(folder: Path, script: Script) -> Told:
    """Everything that happened, without the ids, which are new each time."""
    url = f"sqlite:///{folder / 'foredesk.sqlite3'}{FAST_SQLITE}"
    await connect(url)
    try:
        async with building(url, folder) as parts:
            await load(parts, script)
        return await _events()
    finally:
        await disconnect()


async def _events() -> Told:
    names = {person.id: person.name for person in await Person.all()}
    events: Sequence[TicketEvent] = await TicketEvent.all().select_related("ticket")
    return sorted(
        (
            event.ticket.number,
            event.occurred_at.isoformat(),
            event.kind.value,
            names[event.actor_id] if event.actor_id else "",
            _words(event),
        )
        for event in events
        if event.kind is not EventKind.SUGGESTED
    )


def _words(event: TicketEvent) -> str:
    told = (
        "subject",
        "details",
        "body",
        "resolution",
        "reason",
        "comment",
        "repair_at",
        "category",
    )
    return " | ".join(str(event.data[name]) for name in told if event.data.get(name))
