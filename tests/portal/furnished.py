"""A desk with people, articles and requests in every state, made by the use cases."""

from dataclasses import dataclass, replace
from datetime import timedelta

from foredesk.desk import Desk
from foredesk.knowledge.models import Article
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.outages.content import Content, Moment, PlannedAction
from foredesk.outages.write import draft_outage_report, revise_outage_report, send_outage_report
from foredesk.people.enroll import enroll_person
from foredesk.people.models import Organization, Person
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM, Viewer, viewer_of
from foredesk.sla.priority import Impact, Urgency
from foredesk.surveys.decide import decide_on_surveys
from foredesk.surveys.define import Asking, define_survey, publish_survey
from foredesk.surveys.invite import send_due_invitations
from foredesk.surveys.models import Metric
from foredesk.surveys.starter import STARTER_METRICS, STARTER_SURVEY
from foredesk.tickets.articles import link_article
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.confirm import confirm_resolution
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.models import ArticleUse, Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from tests.clock import Clock
from tests.people import make_organization, make_team
from tests.quiet_parts import QuietMailer
from tests.sla.agreements import make_agreement

PASSWORD = "a long enough password"
PASSWORD_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$giVRvPw/IZ7NmYxUFC0On"
    "w$WWpzEVO3jJohtWndPaKTUT2hk9XYtfEpxCfWpL7uW90"
)
"""Made once: hashing takes long on purpose."""

ARTICLES = (
    (
        "vpn-drops",
        "en",
        "VPN keeps dropping",
        "Network",
        """Your VPN drops when the client is older than version 5.

## Restart the client

1. Right-click the shield beside the clock.
2. Choose **Quit**, then start it again.

## Install the update

Get it from the software shop; see [printers](/articles/clear-a-paper-jam) for the other office.

| Where | Profile | What to do when it drops in the middle of a long call with customers |
| --- | --- | --- |
| Office | UDP | Wait-for-ten-seconds-and-then-restart-the-client-as-told-above-please |
| Hotel | TCP | Nothing |

:::warning
Do not share your **code**.
:::

## Still no connection?

Call us.

## On a train

Wait for the next station.

```
vpn --profile tcp --gateway 2001:0db8:0000:0000:0000:ff00:0042:8329 --retry 10 --verbose
```
""",
    ),
    (
        "connect-to-the-vpn",
        "en",
        "Connect to the VPN for the first time",
        "Network",
        "Install the client from the software shop. Sign in with your work account.",
    ),
    (
        "clear-a-paper-jam",
        "en",
        "Clear a paper jam in the printer",
        "Printing",
        "Open the cover, pull the paper out slowly, and close the cover. It restarts by itself.",
    ),
    (
        "reset-your-password",
        "en",
        "Reset your password",
        "Accounts",
        "Choose **Forgot password** where you sign in. A code comes to your phone.",
    ),
    (
        "vpn-bricht-ab",
        "de",
        "Die VPN-Verbindung bricht ab",
        "Netzwerk",
        "Die Verbindung bricht ab, wenn das Programm älter ist als Version 5. Starten Sie es neu.",
    ),
)


@dataclass(slots=True)
class Furnished:
    desk: Desk
    acme: Organization
    ada: Viewer
    bob: Viewer
    grace: Viewer
    articles: dict[str, Article]


async def furnish(desk: Desk) -> Furnished:
    """Two requesters, an agent, an administrator, five articles, and what was promised."""
    acme = await make_organization(desk, "acme", name="Acme")
    await make_agreement(desk, organization=acme)
    team = await make_team(desk, acme, key="first-line")
    await make_team(desk, acme, key="network-specialists")
    ada = await _person(desk, acme, "Ada Lovelace")
    bob = await _person(desk, acme, "Bob Müller")
    grace = await enroll_person(
        desk,
        SYSTEM,
        organization=acme,
        name="Grace Hopper",
        email="grace@acme.example",
        roles=[Role.INCIDENT_RESOLVER],
        teams=[team],
    )
    await enroll_person(
        desk,
        SYSTEM,
        organization=acme,
        name="Root Porter",
        email="root@acme.example",
        roles=[Role.ADMINISTRATOR],
    )
    await Person.all().update(password_hash=PASSWORD_HASH)
    return Furnished(
        desk=desk,
        acme=acme,
        ada=await viewer_of(ada),
        bob=await viewer_of(bob),
        grace=await viewer_of(grace),
        articles=await _articles(desk),
    )


async def furnish_requests(site: Furnished, clock: Clock) -> dict[str, Ticket]:
    """Ada's requests, one in each state, as Grace left them; keyed by what they show.

    It takes three days of the clock.
    """
    desk, ada, grace = site.desk, site.ada, site.grace
    closed = await _asked(site, "Where do I find last year's pay slips?")
    await _resolved(site, closed, "They are in the invoice portal.", "reset-your-password")
    await confirm_resolution(desk, ada, ticket_id=closed.id)
    clock.advance(timedelta(days=2, hours=20))
    late = await _asked(site, "No sound in meetings", urgency=Urgency.HIGH, impact=Impact.HIGH)
    clock.advance(timedelta(hours=4))
    resolved = await _asked(site, "Printer on the second floor is jammed")
    await _resolved(site, resolved, "The paper is out; it prints again.", "clear-a-paper-jam")
    waiting = await _asked(site, "Laptop does not wake up")
    await add_reply(
        desk,
        grace,
        ticket_id=waiting.id,
        body="Which light is on when you press the button?",
        waits_for_requester=True,
    )
    running = await _asked(site, "VPN drops every hour", details="Since Monday.\n<b>Error 42</b>")
    await assign_ticket(desk, grace, ticket_id=running.id, assignee_id=grace.person_id)
    await add_reply(desk, grace, ticket_id=running.id, body="We are looking at the gateway.")
    await add_internal_note(desk, grace, ticket_id=running.id, body="Gateway 2, again.")
    await link_article(
        desk,
        grace,
        ticket_id=running.id,
        article_id=site.articles["vpn-drops"].id,
        use=ArticleUse.FLAGGED,
        note="The shield is in another place since version 6.",
    )
    at = desk.now() + timedelta(hours=4)
    await set_estimated_repair(desk, grace, ticket_id=running.id, at=at)
    new = await _asked(site, "مرحبا: 新しいノートPCが必要です")
    return {
        "closed": closed,
        "late": late,
        "resolved": resolved,
        "waiting": waiting,
        "running": running,
        "new": new,
    }


async def furnish_outage(site: Furnished) -> Ticket:
    """A request whose estimate was revised, with a reason for outage that waits for Ada."""
    desk, grace = site.desk, site.grace
    ticket = await _asked(site, "The building access system is down", impact=Impact.HIGH)
    await assign_ticket(desk, grace, ticket_id=ticket.id, assignee_id=grace.person_id)
    await add_reply(desk, grace, ticket_id=ticket.id, body="We are on it.")
    for hours, reason in ((2, ""), (4, "A part has to come.")):
        soon = desk.now() + timedelta(hours=hours)
        await set_estimated_repair(
            desk,
            grace,
            ticket_id=ticket.id,
            at=soon,
            latest_at=soon + timedelta(hours=3),
            reason=reason,
        )
    assert grace.person_id is not None
    await draft_outage_report(desk, grace, ticket_id=ticket.id)
    due = (desk.now() + timedelta(days=14)).date()
    content = Content(
        summary="Nobody could open the doors of the office",
        impact="120 people stood outside for two hours.",
        cause="A certificate of the access system expired on Sunday.",
        workaround="The caretaker opened the doors with his key.",
        timeline=[
            Moment(desk.now() - timedelta(hours=1), "The doors stayed shut."),
            Moment(desk.now(), "You told us."),
        ],
        actions=[PlannedAction("Watch the certificates", grace.person_id, due)],
    )
    await revise_outage_report(desk, grace, ticket_id=ticket.id, content=content, note="Checked.")
    await send_outage_report(desk, grace, ticket_id=ticket.id)
    return ticket


async def invite(site: Furnished, ticket: Ticket) -> str:
    """The secret of the survey's link, as it stands in the mail about a closed request."""
    survey = await define_survey(
        site.desk,
        SYSTEM,
        organization_id=site.acme.id,
        key="after_closing",
        title="After closing",
        metric=Metric.CSAT,
        asking=Asking(delay=timedelta(0), probability=1.0),
    )
    await publish_survey(
        site.desk,
        SYSTEM,
        survey_id=survey.id,
        definition=STARTER_SURVEY,
        metrics=STARTER_METRICS,
    )
    await decide_on_surveys(site.desk, ticket.id)
    mailer = QuietMailer()
    assert await send_due_invitations(replace(site.desk, mailer=mailer)) == 1
    return mailer.sent[0].text.partition("/survey/")[2].split()[0]


async def _asked(
    site: Furnished,
    subject: str,
    *,
    details: str = "",
    urgency: Urgency | None = None,
    impact: Impact | None = None,
) -> Ticket:
    return await record_ticket(
        site.desk, site.ada, subject=subject, details=details, urgency=urgency, impact=impact
    )


async def _resolved(site: Furnished, ticket: Ticket, resolution: str, slug: str) -> None:
    await resolve_ticket(
        site.desk,
        site.grace,
        ticket_id=ticket.id,
        resolution=resolution,
        article_ids=[site.articles[slug].id],
    )


async def _person(desk: Desk, organization: Organization, name: str) -> Person:
    return await enroll_person(
        desk,
        SYSTEM,
        organization=organization,
        name=name,
        email=f"{name.split()[0].lower()}@acme.example",
    )


async def _articles(desk: Desk) -> dict[str, Article]:
    written = {}
    for slug, locale, title, section, body in ARTICLES:
        draft = await write_article(
            desk, SYSTEM, title=title, body=body, locale=locale, section=section, slug=slug
        )
        written[slug] = await publish_article(desk, SYSTEM, article_id=draft.id)
    await desk.knowledge.catch_up()
    return written
