"""Foundation: everything that stands before the first request comes in."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from foredesk.catalog.models import Service
from foredesk.catalog.offer import offer_service
from foredesk.database import transaction
from foredesk.demo.library import EXTENDED, Page, pages
from foredesk.demo.offers import OFFERS
from foredesk.demo.office import story_years
from foredesk.demo.people import (
    COMPANIES,
    CONFIDENTIAL_TEAMS,
    EVERYBODY,
    PROVIDER,
    TEAMS,
    Player,
)
from foredesk.demo.promises import DEALS, Deal, Terms, calendars
from foredesk.demo.stage import StoryClock
from foredesk.desk import Desk
from foredesk.knowledge.models import Article
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.enroll import enroll_person, form_team, register_organization
from foredesk.people.models import Organization, Person, Team
from foredesk.people.viewer import SYSTEM, Viewer, viewer_of
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import define_agreement, revise_agreement
from foredesk.surveys.define import Asking, define_survey, publish_survey
from foredesk.surveys.models import Metric
from foredesk.surveys.starter import STARTER_METRICS, STARTER_SURVEY

_AUTHORS = {"en": ("mira.holt", "owen.tarrant"), "de": ("jonas.eberlein", "leonie.abt")}
_PHONES = {"+44": "+44 1632 9600{:02}", "+49": "+49 30 2312 5{:03}", "+1": "+1 212 555 01{:02}"}


async def lay_foundation(desk: Desk, clock: StoryClock, since: datetime, until: datetime) -> None:
    """In one transaction: people, services, promises, surveys and articles, or nothing of it."""
    clock.move_to(since - timedelta(days=30))
    async with transaction():
        organizations = await _register(desk)
        await _enroll(desk, organizations)
        administrator = await _viewer("robin.castell")
        await _offer(desk, administrator, organizations)
        await _promise(desk, administrator, organizations, since, until)
        await _prepare_surveys(desk, organizations)
        await _write_pages(desk, clock, organizations, since, until)


async def _register(desk: Desk) -> dict[str, Organization]:
    return {
        company.slug: await register_organization(
            desk,
            SYSTEM,
            slug=company.slug,
            name=company.name,
            locale=company.locale,
            time_zone=company.time_zone,
            request_visibility=company.request_visibility,
        )
        for company in COMPANIES
    }


async def _enroll(desk: Desk, organizations: dict[str, Organization]) -> None:
    teams = {
        key: await form_team(desk, SYSTEM, key=key, name=name, serves=organizations.values())
        for key, name in TEAMS.items()
    }
    for key, name in CONFIDENTIAL_TEAMS.items():
        teams[key] = await form_team(
            desk, SYSTEM, key=key, name=name, serves=organizations.values(), is_confidential=True
        )
    codes = {company.slug: company.country_code for company in COMPANIES}
    for number, player in enumerate(EVERYBODY, start=11):
        phone = _PHONES[codes[player.company]].format(number)
        await _enroll_one(desk, player, organizations[player.company], teams, phone)


async def _enroll_one(
    desk: Desk, player: Player, organization: Organization, teams: dict[str, Team], phone: str
) -> None:
    await enroll_person(
        desk,
        SYSTEM,
        organization=organization,
        name=player.name,
        email=player.email,
        password=player.password,
        roles=player.roles,
        teams=[teams[key] for key in player.teams],
        phone=phone,
        locale=player.locale,
        time_zone=player.time_zone,
    )


async def _offer(desk: Desk, viewer: Viewer, organizations: dict[str, Organization]) -> None:
    for offer in OFFERS:
        await offer_service(
            desk,
            viewer,
            key=offer.key,
            name=offer.name,
            kind=offer.kind,
            description=offer.description,
            organization=organizations.get(offer.company),
        )


async def _promise(
    desk: Desk,
    viewer: Viewer,
    organizations: dict[str, Organization],
    since: datetime,
    until: datetime,
) -> None:
    ids = {}
    for hours in calendars(story_years(since, until)):
        calendar = await define_calendar(
            desk,
            viewer,
            name=hours.name,
            time_zone=hours.time_zone,
            weekly=hours.weekly,
            exceptions=hours.exceptions,
            names=hours.names,
            holidays=hours.holidays,
        )
        ids[hours.name] = calendar.id
    services = {service.key: service.id for service in await Service.all()}
    for deal in DEALS:
        organization = organizations.get(deal.company)
        organization_id = organization.id if organization else None
        await _make(desk, viewer, deal, organization_id, services.get(deal.service), ids, since)


async def _make(
    desk: Desk,
    viewer: Viewer,
    deal: Deal,
    organization_id: UUID | None,
    service_id: UUID | None,
    calendars: dict[str, UUID],
    since: datetime,
) -> None:
    first, *later = deal.terms
    teams = {team.key: team.id for team in await Team.all()}
    agreement = await define_agreement(
        desk,
        viewer,
        name=deal.name,
        calendar_id=calendars[first.calendar],
        **_said(first, teams),
        organization_id=organization_id,
        service_id=service_id,
        kind=deal.kind,
    )
    for terms in later:
        await revise_agreement(
            desk,
            viewer,
            agreement_id=agreement.id,
            calendar_id=calendars[terms.calendar],
            **_said(terms, teams),
            valid_from=since + timedelta(days=30.4 * terms.from_month),
        )


def _said(terms: Terms, teams: dict[str, UUID]) -> dict[str, Any]:
    return {
        "promises": terms.promises,
        "clocks": terms.clocks(teams),
        "penalties": terms.penalties,
        "billing": terms.billing,
        "escalations": terms.escalations,
    }


async def _prepare_surveys(desk: Desk, organizations: dict[str, Organization]) -> None:
    """Satisfaction decides at one customer, loyalty at the other."""
    manager = await _viewer("dario.feld")
    asked = {
        "tannquell": (Metric.CSAT, "Wie war es mit uns?"),
        "larkmeadow": (Metric.NPS, "How did we do?"),
    }
    for slug, (metric, title) in asked.items():
        survey = await define_survey(
            desk,
            manager,
            organization_id=organizations[slug].id,
            key="after_closing",
            title=title,
            metric=metric,
            asking=Asking(cool_down_days=30, yearly_limit=8, probability=1.0),
        )
        await publish_survey(
            desk, manager, survey_id=survey.id, definition=STARTER_SURVEY, metrics=STARTER_METRICS
        )


async def _write_pages(
    desk: Desk,
    clock: StoryClock,
    organizations: dict[str, Organization],
    since: datetime,
    until: datetime,
) -> None:
    """One or two a day in the weeks before the story."""
    originals: dict[str, UUID] = {}
    for number, page in enumerate(pages()):
        clock.move_to(since - timedelta(days=28) + timedelta(hours=15 * number))
        author = await _viewer(_AUTHORS[page.locale][number % 2])
        article = await _write(desk, author, page, organizations, originals, until)
        originals.setdefault(page.translation, article.id)


async def _write(
    desk: Desk,
    author: Viewer,
    page: Page,
    organizations: dict[str, Organization],
    originals: dict[str, UUID],
    until: datetime,
) -> Article:
    organization = organizations.get(page.organization)
    article = await write_article(
        desk,
        author,
        title=page.title,
        body=page.first_text if page.slug in EXTENDED else page.body,
        locale=page.locale,
        summary=page.summary,
        section=page.section,
        tags=page.tags,
        audience=page.audience,
        organization_id=organization.id if organization else None,
        translation_of=originals.get(page.translation),
        review_at=until + timedelta(days=len(page.slug) * 11),
        slug=page.slug,
    )
    return await publish_article(desk, author, article_id=article.id)


async def _viewer(account: str) -> Viewer:
    return await viewer_of(await Person.get(email=f"{account}@{PROVIDER}.example"))
