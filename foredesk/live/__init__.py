"""Live updates: hints that something changed, to everyone who listens, in every process."""

from tortoise.connection import get_connection

from foredesk.live.hub import Hub, Subscription
from foredesk.live.postgres_hub import PostgresHub

__all__ = ["Hub", "PostgresHub", "Subscription", "hub_for_connection"]


def hub_for_connection() -> Hub:
    """PostgreSQL may serve several processes; an SQLite file belongs to this one alone."""
    is_sqlite = get_connection("default").capabilities.dialect == "sqlite"
    return Hub() if is_sqlite else PostgresHub()
