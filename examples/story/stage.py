"""The stage of the story: one organization with people, articles, promises and a survey."""

from dataclasses import dataclass
from datetime import timedelta

from foredesk.catalog.models import ServiceKind
from foredesk.catalog.offer import offer_service
from foredesk.composition import open_desk
from foredesk.database.migrate import migrate
from foredesk.desk import Desk
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.enroll import enroll_person, form_team, register_organization
from foredesk.people.models import Organization, Person, Team
from foredesk.people.roles import Role, Scope
from foredesk.people.tokens import issue_token
from foredesk.people.viewer import SYSTEM
from foredesk.settings import Settings
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import Promised, define_agreement
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.priority import Priority
from foredesk.surveys.define import Asking, define_survey, publish_survey
from foredesk.surveys.models import Metric
from foredesk.surveys.starter import STARTER_METRICS, STARTER_SURVEY

PASSWORD = "story-password"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

ARTICLES = (
    (
        "Reset a forgotten password",
        "Open the sign-in page and choose **Forgotten password**. A link comes by mail.",
    ),
    (
        "Connect to the company network from home",
        "Start the *tunnel client*, choose **Connect**, and approve the question on your phone.\n\n"
        "## When it fails\n\nRemove the saved profile and add it again from the self-service page.",
    ),
    (
        "Print in another office",
        "Pick the printer named after the room you are in. It asks for your badge.",
    ),
    (
        "Join a meeting from a phone",
        "Open the invitation on the phone and tap the link. Allow the microphone when asked.",
    ),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """API tokens by the first name of who plays; everybody's password is `PASSWORD`."""

    tokens: dict[str, str]


async def set_stage(settings: Settings) -> Stage:
    """Prepare an empty database; the server must not run on it yet."""
    await migrate(settings.database)
    async with open_desk(settings) as parts:
        desk = parts.desk
        acme = await register_organization(desk, SYSTEM, slug="acme", name="Acme")
        team = await form_team(desk, SYSTEM, key="service-desk", name="Service desk", serves=[acme])
        await _write_articles(desk)
        await _promise(desk, acme)
        await _ask_for_opinions(desk, acme)
        await offer_service(
            desk,
            SYSTEM,
            key="remote-access",
            name="Remote access",
            kind=ServiceKind.TECHNICAL,
            description="Work from anywhere.",
        )
        tokens = {
            "ada": await _enroll(desk, acme, "Ada"),
            "ben": await _enroll(desk, acme, "Ben"),
            "grace": await _enroll(desk, acme, "Grace", Role.CUSTOMER_SERVICE_REPRESENTATIVE, team),
            "mona": await _enroll(desk, acme, "Mona", Role.CUSTOMER_SERVICE_MANAGER, team),
            "root": await _enroll(desk, acme, "Root", Role.ADMINISTRATOR, team),
        }
    return Stage(tokens)


async def _write_articles(desk: Desk) -> None:
    for title, body in ARTICLES:
        article = await write_article(desk, SYSTEM, title=title, body=body, section="How to")
        await publish_article(desk, SYSTEM, article_id=article.id)


async def _promise(desk: Desk, organization: Organization) -> None:
    """Day and night, so that the story can be told at any hour."""
    calendar = await define_calendar(
        desk,
        SYSTEM,
        name="Day and night",
        time_zone="Europe/Berlin",
        weekly={day: ["00:00-24:00"] for day in DAYS},
    )
    hours = {Priority.CRITICAL: 1, Priority.HIGH: 2, Priority.NORMAL: 4, Priority.LOW: 8}
    await define_agreement(
        desk,
        SYSTEM,
        name="Acme, day and night",
        calendar_id=calendar.id,
        organization_id=organization.id,
        promises=[
            Promised(clock, priority, timedelta(hours=n * factor), timedelta(hours=2 * n * factor))
            for clock, factor in ((RESPONSE, 1), (RESOLUTION, 4))
            for priority, n in hours.items()
        ],
    )


async def _ask_for_opinions(desk: Desk, organization: Organization) -> None:
    survey = await define_survey(
        desk,
        SYSTEM,
        organization_id=organization.id,
        key="after_closing",
        title="How did we do?",
        metric=Metric.CSAT,
        asking=Asking(delay=timedelta(0), probability=1.0),
    )
    await publish_survey(
        desk, SYSTEM, survey_id=survey.id, definition=STARTER_SURVEY, metrics=STARTER_METRICS
    )


async def _enroll(
    desk: Desk,
    organization: Organization,
    name: str,
    role: Role = Role.REQUESTER,
    team: Team | None = None,
) -> str:
    person: Person = await enroll_person(
        desk,
        SYSTEM,
        organization=organization,
        name=name,
        email=f"{name.lower()}@acme.example",
        password=PASSWORD,
        roles=[role],
        teams=[team] if team else [],
    )
    issued = await issue_token(
        desk,
        SYSTEM,
        person=person,
        name="Story",
        scopes=list(Scope),
        expires_at=desk.now() + timedelta(days=7),
    )
    return issued.secret
