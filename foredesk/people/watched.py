"""Whatever decides who is admitted, and to what, is watched: nobody keeps rights they have lost."""

from foredesk.database.watched import Watch
from foredesk.ports import Live

TOPIC = "admission"

RIGHTS = Watch(
    (
        "absence",
        "api_token",
        "external_identity",
        "organization",
        "person",
        "role_grant",
        "team",
        "team_customer",
        "team_member",
    ),
    harmless=(
        "INSERT INTO api_token",
        "INSERT INTO external_identity",
        "INSERT INTO organization",
        "INSERT INTO person",
        "UPDATE api_token.used_at",
        "UPDATE external_identity.used_at",
    ),
)
"""What is harmless is new to everybody, or says only that something was used.

Sessions are not among them: they are read with every request.
"""


async def follow_rights(live: Live) -> None:
    """Tell other processes, and hear of what they changed; until cancelled."""

    async def tell() -> None:
        await live.publish(TOPIC, "rights", RIGHTS.version)

    with RIGHTS.telling(tell):
        async for _ in live.listen(TOPIC):
            RIGHTS.version += 1
