"""The probe: every field of the schema, asked as everybody, shows nobody what is not theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import OperationType, parse
from tortoise.expressions import Q

import api.access.types
import api.agreements.calendars
import api.catalog
import api.knowledge.authoring_types
import api.knowledge.notices
import api.knowledge.types
import api.management.events
import api.notifications.types
import api.outages.types
import api.people
import api.search_words.types
import api.service_levels
import api.surveys.types
import api.tickets.events
import api.tickets.types
from api.admission import Caller, Standing
from api.context import Context
from api.identifiers import global_id, parse_id
from api.nodes import KINDS as NODES
from api.operations.execute import Operations
from api.operations.prepare import Prepared
from api.operations.request import OperationRequest
from api.rows import Row, model_of
from api.schema import schema
from foredesk.catalog.models import Service
from foredesk.channels.models import Notification
from foredesk.knowledge.authoring import ArticleAttachment, ArticleEvent, ArticleNotice
from foredesk.knowledge.learning import learn_question
from foredesk.knowledge.models import Article, ArticleVersion
from foredesk.knowledge.search_models import GoldenQuery, GoldenRun, WordList
from foredesk.outages.models import OutageAction, OutageReport
from foredesk.people.models import (
    Absence,
    ApiToken,
    Organization,
    PeopleEvent,
    Person,
    PersonKind,
    Session,
    Team,
)
from foredesk.people.viewer import Viewer
from foredesk.sla.models import Agreement, Calendar
from foredesk.surveys.models import Invitation, Survey
from foredesk.tickets.models import Ticket
from tests.api.probe.authored import author
from tests.api.probe.canaries import Cage, Canary
from tests.api.probe.joined import join
from tests.api.probe.oracle import Oracle
from tests.api.probe.rights import Named, everybody, give_rights
from tests.api.probe.searched import keep_searches
from tests.api.probe.walk import every_field
from tests.api.world import World

GRAPHQL = schema._schema
ROOTS = ("viewer", "tickets", "articles", "services", "serviceLevelAgreements", "surveys",
         "surveyInvitations", "plugins", "organizations", "teams", "people", "peopleEvents",
         "serviceAccounts", "calendars", "notifications", "articleNotices",
         "articleReviews", "wordLists", "goldenQueries", "goldenRuns")  # fmt: skip
WORDS = ("printer", "vpn gateway", "acme", "globex draft", "mouse jams again")
KINDS = {"Article": Article, "ArticleAttachment": ArticleAttachment,
         "ArticleEvent": ArticleEvent, "ArticleNotice": ArticleNotice,
         "ArticleVersion": ArticleVersion, "GoldenQuery": GoldenQuery, "GoldenRun": GoldenRun,
         "WordList": WordList, "Notification": Notification, "Calendar": Calendar,
         "Organization": Organization, "Person": Person, "Service": Service,
         "ServiceLevelAgreement": Agreement, "Survey": Survey, "SurveyInvitation": Invitation,
         "Team": Team, "Ticket": Ticket, "Absence": Absence, "PeopleEvent": PeopleEvent,
         "OutageReport": OutageReport, "OutageAction": OutageAction,
         "ApiToken": ApiToken, "Session": Session, "ServiceAccount": Person}  # fmt: skip
STEPS = 1


@dataclass(slots=True)
class Probe:
    world: World
    cage: Cage
    oracle: Oracle
    rows: dict[str, Any]
    """By global ID."""
    everyone: Named

    async def findings(self, viewers: Iterable[tuple[str, Viewer | None]]) -> set[tuple[str, str]]:
        """What was shown to somebody who must not see it."""
        found: set[tuple[str, str]] = set()
        for name, viewer in viewers:
            for text in await self._answers(viewer):
                for canary in self.cage.seen_in(text):
                    if not self.oracle.may_read(viewer, canary):
                        found.add((name, str(canary)))
            for row in await self._nodes(viewer):
                if not self.oracle.may_see(viewer, row):
                    found.add((name, f"node {row._meta.db_table}"))
        return found

    async def seen_by(self, viewer: Viewer | None) -> set[Canary]:
        return {
            canary for text in await self._answers(viewer) for canary in self.cage.seen_in(text)
        }

    async def _answers(self, viewer: Viewer | None) -> list[str]:
        ids = [f'"{id}"' for id in self.rows]
        queries = [f"{{ {root}{_everything(_type_of(root))} }}" for root in ROOTS]
        queries += [
            f"{{ nodes(ids: [{', '.join(ids[start : start + 100])}]) {_everything('Node')} }}"
            for start in range(0, len(ids), 100)
        ]
        queries.append(_by_names(self.rows.values()))
        queries += [_by_cut(cut) for cut in ("ORGANIZATION", "SERVICE", "TEAM", "CATEGORY")]
        for words in WORDS:
            queries.append(
                f'{{ searchArticles(query: "{words}") {_everything("ArticleSearchConnection")} '
                f'suggestArticles(draft: {{subject: "{words}"}}) '
                f"{_everything('ArticleSuggestions')} }}"
            )
        return [await self._ask(viewer, query) for query in queries]

    async def _nodes(self, viewer: Viewer | None) -> list[Any]:
        ids = [f'"{id}"' for id in self.rows]
        answers = [
            await self._ask(viewer, f"{{ nodes(ids: [{', '.join(part)}]) {{ id }} }}")
            for part in (ids[start : start + 100] for start in range(0, len(ids), 100))
        ]
        answer = " ".join(answers)
        return [row for id, row in self.rows.items() if f'"id":"{id}"' in answer]

    async def _ask(self, viewer: Viewer | None, query: str) -> str:
        """Past the limits and the validation, which are others' business."""
        prepared = Prepared(parse(query), OperationRequest(query), OperationType.QUERY, 0)
        caller = Caller(viewer) if viewer else Caller()

        async def admit() -> Caller:
            return caller

        desk = self.world.desk
        answer = await OPERATIONS.execute(prepared, lambda: Context(desk, Standing(caller, admit)))
        text = answer.as_json().decode()
        assert '"INTERNAL"' not in text, text[:2000]
        return text


OPERATIONS = Operations(schema, hide_suggestions=True)
_KNOWN: dict[str, str] = {}


def _everything(type_name: str) -> str:
    if type_name not in _KNOWN:
        _KNOWN[type_name] = every_field(GRAPHQL, type_name, STEPS)
    return _KNOWN[type_name]


def _type_of(root: str) -> str:
    assert GRAPHQL.query_type
    return str(GRAPHQL.query_type.fields[root].type).strip("[]!")


def _by_cut(cut: str) -> str:
    return f"{{ serviceMeasures(by: {cut}) {_everything('ServiceMeasures')} }}"


def _by_names(rows: Iterable[Any]) -> str:
    parts = []
    for place, row in enumerate(rows):
        if isinstance(row, Ticket):
            parts.append(f"t{place}: ticket(by: {{number: {row.number}}}) {{ ...T }}")
        if isinstance(row, Article):
            parts.append(f'a{place}: article(by: {{slug: "{row.slug}"}}) {{ ...A }}')
    t, a = every_field(GRAPHQL, "Ticket", 0), every_field(GRAPHQL, "Article", 0)
    return f"{{ {' '.join(parts)} }} fragment T on Ticket {t} fragment A on Article {a}"


@pytest.fixture
async def probe(furnished: World) -> Probe:
    world = furnished
    for house in (world.acme, world.globex):
        await learn_question(
            world.desk,
            article_id=world.public.id,
            text=house.tickets["new"].subject,
            ticket_id=house.tickets["new"].id,
        )
        await join(world.desk, house)
        await author(world.desk, house)
        await keep_searches(world.desk, house)
    everyone = await everybody(world, await give_rights(world))
    cage, oracle = Cage(), Oracle()
    await cage.fill()
    await world.desk.knowledge.rebuild()
    await oracle.learn()
    rows = {
        global_id(kind, row.id): row
        for kind, model in KINDS.items()
        for row in await model.all()
        if kind != "ServiceAccount" or row.kind is PersonKind.SERVICE
    }
    assert set(KINDS) == set(NODES)
    assert all(parse_id(id) for id in rows)
    return Probe(world, cage, oracle, rows, everyone)


async def test_nobody_sees_what_is_not_theirs(probe: Probe) -> None:
    assert await probe.findings(probe.everyone) == set()
    assert len(probe.everyone) == 2 + 2 * (3 + 7 + 4)


async def test_the_probe_sees_what_there_is_to_see(probe: Probe) -> None:
    """Or its silence would mean nothing: an agent is shown every kind of text."""
    by_root = {str(canary) for canary in await probe.seen_by(probe.world.root)}
    by_ada = {str(canary) for canary in await probe.seen_by(probe.world.acme.ada)}

    assert {
        "person.name", "person.email", "organization.name", "organization.slug", "team.name",
        "service.name", "service.description", "agreement.name", "article.title", "article.body",
        "article.body_html", "article.summary", "article.section", "ticket.subject",
        "ticket.details", "ticket.category", "ticket.resolution", "ticket_event.data.body",
        "ticket_event.data.note",
        "ticket_event.data.reason", "ticket_event.data.comment", "ticket_event.data.explanation",
        "ticket_event.data.resolution", "survey.title", "survey_version.definition.en",
        "article_question.text", "outage_report_version.cause", "outage_report_version.note",
        "outage_report_version.timeline.text", "outage_report.refusal", "outage_action.what",
    } <= by_root  # fmt: skip
    assert {"ticket.subject", "ticket_event.data.body", "survey_version.definition.en"} <= by_ada
    assert {"outage_report_version.cause", "outage_action.what"} <= by_ada
    assert "outage_report_version.note" not in by_ada
    assert {"article_version.body", "article_event.note", "article_attachment.name",
            "article_notice.note", "article_proposal.body"} <= by_root  # fmt: skip
    assert {"golden_query.text", "golden_run.subject"} <= by_root
    assert not by_ada & {"golden_query.text", "golden_run.subject"}
    assert not by_ada & {"article_version.body", "article_event.note", "article_proposal.body"}
    assert not by_root & {"search.text", "person.password_hash"}


def opened(kind: type[Row]) -> Callable[[pytest.MonkeyPatch], None]:
    """A policy that forgets who asks."""
    everything = staticmethod(lambda viewer: model_of(kind).all())
    return lambda patch: patch.setattr(kind, "visible", everything)


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "ticket": opened(api.tickets.types.Ticket),
    "article": opened(api.knowledge.types.Article),
    "person": opened(api.people.Person),
    "organization": opened(api.people.Organization),
    "team": opened(api.people.Team),
    "service": opened(api.catalog.Service),
    "agreement": opened(api.service_levels.ServiceLevelAgreement),
    "calendar": opened(api.agreements.calendars.Calendar),
    "survey": opened(api.surveys.types.Survey),
    "outage_report_version": opened(api.outages.types.OutageReportVersion),
    "outage_action": opened(api.outages.types.OutageAction),
    "ticket_event": opened(api.tickets.events.TicketEvent),
    "absence": opened(api.people.Absence),
    "people_event": opened(api.management.events.PeopleEvent),
    "notification": opened(api.notifications.types.Notification),
    "article_version": opened(api.knowledge.authoring_types.ArticleVersion),
    "article_event": opened(api.knowledge.authoring_types.ArticleEvent),
    "article_attachment": opened(api.knowledge.authoring_types.ArticleAttachment),
    "article_notice": opened(api.knowledge.notices.ArticleNotice),
    "word_list": opened(api.search_words.types.WordList),
    "golden_query": opened(api.search_words.types.GoldenQuery),
    "golden_run": opened(api.search_words.types.GoldenRun),
    "api_token": opened(api.access.types.ApiToken),
    "session": opened(api.access.types.Session),
    "person.email": lambda patch: patch.setattr(
        api.people.Person, "_is_open_to", lambda self, info: True
    ),
}


async def test_a_planted_leak_is_found(probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = [("ada", probe.world.acme.ada)]
    for name, plant in LEAKS.items():
        with monkeypatch.context() as patch:
            plant(patch)
            found = {what for _, what in await probe.findings(ada)}
        assert any(what.removeprefix("node ").startswith(name) for what in found), (name, found)
    assert await probe.findings(ada) == set()


def without_confidence(viewer: Viewer) -> Any:
    """A policy that knows the organization and forgets the team."""
    seen = Q(requester_id=viewer.person_id) | Q(organization_id__in=list(viewer.serves))
    return Ticket.all() if viewer.is_administrator else Ticket.filter(seen)


async def test_a_forgotten_confidential_queue_is_found(
    probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = dict(probe.everyone)
    for who in ("root", "grace globex", "substitute of acme", "program of acme"):
        with monkeypatch.context() as patch:
            patch.setattr(api.tickets.types.Ticket, "visible", staticmethod(without_confidence))
            found = {what for _, what in await probe.findings([(who, named[who])])}
        assert "ticket.subject" in found, (who, found)
    with monkeypatch.context() as patch:
        opened(api.tickets.events.TicketEvent)(patch)
        found = {what for _, what in await probe.findings([("grace", named["grace acme"])])}
    assert "ticket_event.data.body" in found
