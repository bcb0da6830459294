"""Acts: say that one has seen what one was asked."""

from typing import Annotated

import strawberry

from api.acting import attempt, the_keys
from api.context import Info
from api.fields import act
from api.notifications.types import Notification
from api.tickets.inputs import required
from api.tickets.payloads import ONE_AT_MOST
from api.user_errors import NotFound, NotPermitted, Refusal
from foredesk.channels.notifications import mark_notifications_seen


@strawberry.input(description="Input of markNotificationsSeen.")
class MarkNotificationsSeenInput:
    notification_ids: list[strawberry.ID] = required("What the viewer has seen, at most 100")


MarkNotificationsSeenError = Annotated[
    NotFound | NotPermitted | Refusal,
    strawberry.union(
        "MarkNotificationsSeenError", description="Reason why the notifications were not marked."
    ),
]


@strawberry.type(description="Result of markNotificationsSeen.")
class MarkNotificationsSeenPayload:
    notifications: list[Notification] = strawberry.field(
        description="The notifications as they are now; empty when errors is not"
    )
    errors: list[MarkNotificationsSeenError] = strawberry.field(
        description="Reasons why nothing was done; empty on success", metadata=ONE_AT_MOST
    )


@strawberry.type
class NotificationMutation:
    @act(description="Marks notifications of the viewer as seen")
    async def mark_notifications_seen(
        self,
        info: Info,
        input: Annotated[
            MarkNotificationsSeenInput, strawberry.argument(description="What to do.")
        ],
    ) -> MarkNotificationsSeenPayload:
        rows, errors = await attempt(
            info,
            lambda: mark_notifications_seen(
                info.context.desk,
                info.context.viewer,
                notification_ids=the_keys(
                    "Notification", input.notification_ids, "notificationIds"
                ),
            ),
        )
        return MarkNotificationsSeenPayload(
            notifications=[Notification(row=row) for row in rows or ()], errors=errors
        )
