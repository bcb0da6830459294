"""Leaving: what an agent had goes back to the teams that have it."""

from foredesk.database import next_value
from foredesk.desk import Desk
from foredesk.people.models import Person


async def leave_to_the_team(desk: Desk, person: Person) -> None:
    """Queue it in the caller's transaction; whoever handles it looks at what is true by then."""
    number = await next_value("leaving")
    await desk.jobs.enqueue(
        "release_tickets", {"person_id": str(person.id)}, key=f"release:{number}"
    )
