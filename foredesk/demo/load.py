"""Load: the whole demo into an empty database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from foredesk.database import transaction
from foredesk.demo.foundation import lay_foundation
from foredesk.demo.people import COMPANIES
from foredesk.demo.stage import StoryClock
from foredesk.demo.story import Handlers, Script, play
from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.knowledge.models import Article, Search
from foredesk.people.models import Organization, Person
from foredesk.surveys.models import Response
from foredesk.tickets.models import Ticket, TicketEvent

Progress = Callable[[str, float], None]
"""What is being done, and how much of the whole is done, from 0 to 1."""


class NotEmpty(DeskError):
    """There is something in the database that is not the beginning of the demo."""

    code = "NOT_EMPTY"


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """How many of what the demo holds."""

    organizations: int
    people: int
    articles: int
    tickets: int
    events: int
    searches: int
    survey_answers: int


async def is_empty() -> bool:
    """Whether the demo may be loaded: there is nothing, or only what an interrupted load left."""
    if not await Organization.exists() and not await Person.exists():
        return not await Article.exists()
    return await _is_begun()


async def is_loaded() -> bool:
    """Whether this is the demo's database."""
    return await _has_its_organizations() and await Ticket.exists()


async def load_demo(
    desk: Desk,
    clock: StoryClock,
    *,
    script: Script,
    handlers: Handlers,
    progress: Progress = lambda _, __: None,
) -> DemoSummary:
    """Lay the foundation, then play the story, each in one transaction: interrupted, it begins
    again with the half that is missing.

    Give the desk's parts the same clock, so that plugins live in the story's time too. Raises
    NotEmpty for a database with other content.
    """
    if not await is_empty():
        raise NotEmpty("The database is not empty. The demo needs one of its own.")
    progress("People, services and articles", 0.0)
    if not await Organization.exists():
        await lay_foundation(desk, clock, script.since, script.until)
    progress("Search index", 0.08)
    await desk.knowledge.catch_up()
    clock.move_to(script.since)
    span = (script.until - script.since).total_seconds()

    def told(at: datetime) -> None:
        progress("Six months of requests", 0.1 + 0.88 * (at - script.since).total_seconds() / span)

    await play(desk, clock, script, handlers, told)
    progress("Search index", 0.99)
    await desk.knowledge.catch_up()
    progress("Done", 1.0)
    return await _summary()


async def _is_begun() -> bool:
    """The foundation is there and nothing else."""
    return await _has_its_organizations() and not await Ticket.exists()


async def _has_its_organizations() -> bool:
    slugs = {str(slug) for slug in await Organization.all().values_list("slug", flat=True)}
    return slugs == {company.slug for company in COMPANIES}


async def _summary() -> DemoSummary:
    async with transaction():
        return DemoSummary(
            organizations=await Organization.all().count(),
            people=await Person.all().count(),
            articles=await Article.all().count(),
            tickets=await Ticket.all().count(),
            events=await TicketEvent.all().count(),
            searches=await Search.all().count(),
            survey_answers=await Response.all().count(),
        )
