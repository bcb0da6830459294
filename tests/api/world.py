"""Two organizations that know nothing of each other, each with the same kinds of things."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from foredesk.catalog.models import Service, ServiceKind
from foredesk.catalog.offer import offer_service
from foredesk.channels.escalations import notify_escalation
from foredesk.desk import Desk
from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.feed import ArticleFeed
from foredesk.knowledge.models import Article, Audience
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.live import Hub
from foredesk.people.models import Organization, Team
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM, Viewer, viewer_of
from foredesk.sla.models import Agreement
from foredesk.sla.priority import Impact, Urgency
from foredesk.surveys.answer import answer_survey
from foredesk.surveys.decide import decide_on_surveys
from foredesk.surveys.define import Asking, define_survey, publish_survey
from foredesk.surveys.invite import send_due_invitations
from foredesk.surveys.models import Invitation, Metric, Survey
from foredesk.surveys.starter import STARTER_METRICS, STARTER_SURVEY
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.confirm import confirm_resolution, refuse_resolution, reopen_ticket
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.history import classified_tickets
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind
from plugins.builtin import BUILT_IN
from plugins.discovery import Found, in_file
from plugins.host import PluginHost
from search_index import WhooshIndex
from tests.clock import Clock
from tests.people import make_organization, make_person, make_team
from tests.sla.agreements import make_agreement

OPINIONS = """
from foredesk.hooks import CategorySuggestion, PluginInfo, hookimpl

plugin = PluginInfo("opinions")


@hookimpl
def suggest_category(ticket):
    if "VPN" in ticket.subject:
        return CategorySuggestion("network", confidence=0.9, explanation="It mentions VPN.")
    raise ValueError("no idea")
"""
"""A plugin that knows one thing."""


@dataclass(slots=True)
class House:
    """One organization with its people and what is theirs."""

    organization: Organization
    team: Team
    ada: Viewer
    bob: Viewer
    grace: Viewer
    max: Viewer
    service: Service
    agreement: Agreement
    articles: dict[str, Article] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    survey: Survey | None = None


@dataclass(slots=True)
class World:
    desk: Desk
    acme: House
    globex: House
    root: Viewer
    public: Article
    german: Article
    for_agents: Article
    common_service: Service

    async def close(self) -> None:
        await self.desk.hooks.shutdown()  # type: ignore[attr-defined]
        self.desk.knowledge.close()  # type: ignore[attr-defined]


async def world_desk(desk: Desk, folder: Path) -> Desk:
    """With plugins, an index in the folder, and what tells of changes."""
    host = PluginHost(now=desk.now, history=classified_tickets)
    plugin = folder / "opinions.py"
    plugin.write_text(OPINIONS, "utf-8")
    built_in = [Found(name, "built in", kind) for name, kind in BUILT_IN.items()]
    host.load([*built_in, in_file(plugin)])
    await host.startup()
    return replace(
        desk, hooks=host, live=Hub(), knowledge=WhooshIndex(ArticleFeed(), folder / "index")
    )


async def make_world(desk: Desk) -> World:
    """People, articles, services and agreements; nobody has asked for anything yet."""
    provider = await make_organization(desk, "provider", name="Provider")
    root = await viewer_of(
        await make_person(
            desk, provider, Role.ADMINISTRATOR, name="Root", email="root@desk.example"
        )
    )
    public = await _article(
        desk, "Printer jams", "Open the printer and pull the paper out.", section="Printing"
    )
    german = await write_article(
        desk,
        SYSTEM,
        title="Drucker klemmt",
        body="Den Drucker öffnen und das Papier herausziehen.",
        locale="de",
        translation_of=public.id,
    )
    german = await publish_article(desk, SYSTEM, article_id=german.id)
    for_agents = await _article(
        desk, "How to open a printer", "Use the blue key.", audience=Audience.AGENTS
    )
    common = await offer_service(
        desk, SYSTEM, key="mail", name="Mail", kind=ServiceKind.APPLICATION
    )
    acme = await _house(desk, "acme")
    globex = await _house(desk, "globex")
    await desk.knowledge.catch_up()
    return World(desk, acme, globex, root, public, german, for_agents, common)


async def furnish(world: World, clock: Clock) -> None:
    """Tickets with every kind of event, and a survey with answers, in both houses."""
    for house in (world.acme, world.globex):
        await _work(world.desk, house, clock)


async def _house(desk: Desk, slug: str) -> House:
    organization = await make_organization(desk, slug, name=f"{slug.title()} Inc")
    team = await make_team(desk, organization, key=f"{slug}-first-line")

    async def person(name: str, *roles: Role) -> Viewer:
        teams = [team] if roles else []
        email = f"{name.lower()}@{slug}.example"
        made = await make_person(
            desk, organization, *roles, name=f"{name} {slug.title()}", email=email, teams=teams
        )
        return await viewer_of(made)

    service = await offer_service(
        desk,
        SYSTEM,
        key=f"{slug}-vpn",
        name=f"VPN of {slug}",
        description=f"The way into {slug}",
        kind=ServiceKind.TECHNICAL,
        organization=organization,
    )
    house = House(
        organization=organization,
        team=team,
        ada=await person("Ada"),
        bob=await person("Bob"),
        grace=await person("Grace", Role.INCIDENT_RESOLVER),
        max=await person("Max", Role.CUSTOMER_SERVICE_MANAGER),
        service=service,
        agreement=await make_agreement(desk, organization=organization, name=f"Gold of {slug}"),
    )
    house.articles["own"] = await _article(
        desk,
        f"VPN of {slug}",
        f"Use the gateway of {slug}.",
        audience=Audience.ORGANIZATION,
        organization=organization,
    )
    house.articles["draft"] = await write_article(
        desk,
        SYSTEM,
        title=f"Draft of {slug}",
        body=f"Not yet for {slug}.",
        audience=Audience.ORGANIZATION,
        organization_id=organization.id,
    )
    return house


async def _article(
    desk: Desk,
    title: str,
    body: str,
    *,
    audience: Audience = Audience.PUBLIC,
    organization: Organization | None = None,
    section: str = "",
) -> Article:
    draft = await write_article(
        desk,
        SYSTEM,
        title=title,
        body=body,
        summary=f"About {title}",
        audience=audience,
        organization_id=organization.id if organization else None,
        section=section,
    )
    return await publish_article(desk, SYSTEM, article_id=draft.id)


async def _work(desk: Desk, house: House, clock: Clock) -> None:
    slug = house.organization.slug
    ada, bob, grace = house.ada, house.bob, house.grace
    found = await search_articles(desk, ada, text=f"vpn {slug}")
    house.tickets["busy"] = busy = await record_ticket(
        desk,
        ada,
        subject=f"VPN of {slug} drops",
        details=f"Every hour, at {slug}",
        impact=Impact.HIGH,
        urgency=Urgency.HIGH,
        service_id=house.service.id,
        search_id=found.search_id,
    )
    await classify_ticket(
        desk,
        grace,
        ticket_id=busy.id,
        kind=TicketKind.INCIDENT,
        category=f"network {slug}",
        impact=Impact.HIGH,
        urgency=Urgency.MEDIUM,
        service_id=house.service.id,
    )
    await assign_ticket(desk, grace, ticket_id=busy.id, assignee_id=grace.person_id)
    await add_internal_note(desk, grace, ticket_id=busy.id, body=f"Internal of {slug}")
    await set_estimated_repair(
        desk, grace, ticket_id=busy.id, at=clock() + timedelta(hours=4), reason=f"Spare at {slug}"
    )
    await add_reply(
        desk,
        grace,
        ticket_id=busy.id,
        body=f"Which gateway of {slug}?",
        waits_for_requester=True,
        article_ids=[house.articles["own"].id],
    )
    await add_reply(desk, ada, ticket_id=busy.id, body=f"The second of {slug}")
    await escalate_ticket(
        desk, grace, ticket_id=busy.id, person_id=house.max.person_id, reason=f"Again at {slug}"
    )
    escalated = await TicketEvent.get(ticket_id=busy.id, kind=EventKind.ESCALATED)
    await notify_escalation(desk, escalated.id)
    clock.advance(timedelta(minutes=5))
    house.tickets["closed"] = closed = await record_ticket(
        desk, ada, subject=f"Printer of {slug} jams", details=f"On floor 2 of {slug}"
    )
    await resolve_ticket(
        desk,
        grace,
        ticket_id=closed.id,
        resolution=f"Paper of {slug} is out",
        article_ids=[house.articles["own"].id],
    )
    await refuse_resolution(desk, ada, ticket_id=closed.id, reason=f"It jams again at {slug}")
    await resolve_ticket(desk, grace, ticket_id=closed.id, resolution=f"New roller at {slug}")
    await confirm_resolution(desk, ada, ticket_id=closed.id, comment=f"Thanks from {slug}")
    await reopen_ticket(desk, ada, ticket_id=closed.id, reason=f"And again at {slug}")
    await resolve_ticket(desk, grace, ticket_id=closed.id, resolution=f"New printer for {slug}")
    await confirm_resolution(desk, ada, ticket_id=closed.id, comment=f"Finally at {slug}")
    clock.advance(timedelta(minutes=5))
    house.tickets["new"] = await record_ticket(desk, bob, subject=f"Mouse of {slug} is broken")
    await _survey(desk, house)


async def _survey(desk: Desk, house: House) -> None:
    slug = house.organization.slug
    house.survey = survey = await define_survey(
        desk,
        SYSTEM,
        organization_id=house.organization.id,
        key="after_closing",
        title=f"After closing at {slug}",
        metric=Metric.CSAT,
        asking=Asking(delay=timedelta(0), probability=1.0),
    )
    await publish_survey(
        desk, SYSTEM, survey_id=survey.id, definition=STARTER_SURVEY, metrics=STARTER_METRICS
    )
    await decide_on_surveys(desk, house.tickets["closed"].id)
    await send_due_invitations(desk)
    invitation = await Invitation.get(ticket_id=house.tickets["closed"].id)
    await answer_survey(
        desk,
        house.ada,
        invitation_id=invitation.id,
        answers={"satisfaction": 5, "liked": f"The people of {slug}"},
        complete=False,
    )
