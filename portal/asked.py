"""Asked: what an agent is asked to see to, on top of the board until they have seen it."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from foredesk.channels.models import Notification
from foredesk.channels.notifications import mark_notifications_seen, visible_notifications
from portal.clock_titles import because_of_clock
from portal.forms import Form
from portal.managing import id_sent
from portal.pages import desk_of, see_other
from portal.visits import Visit, visit_of

SHOWN_AT_MOST = 20


async def asked_of(visit: Visit) -> Sequence[tuple[Notification, str]]:
    """Not seen yet, newest first, each with why."""
    unseen = visible_notifications(visit.viewer).filter(seen_at__isnull=True)
    found = await unseen.limit(SHOWN_AT_MOST).prefetch_related("ticket", "event")
    return [
        (one, because_of_clock(one.event, visit.words) or str(one.event.data.get("reason", "")))
        for one in found
    ]


async def seen(request: Request, sent: Form) -> Response:
    desk, viewer = desk_of(request), visit_of(request).viewer
    await mark_notifications_seen(desk, viewer, notification_ids=[id_sent(sent, "notification")])
    return see_other("/board")
