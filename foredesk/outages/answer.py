"""Answer: the customer accepts a reason for outage, or says why it will not do."""

from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, StaleVersion
from foredesk.outages.models import OutageReport
from foredesk.outages.reporting import Reporting, reporting
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import EventKind
from foredesk.tickets.transition import check_transition

WORDS_LIMIT = 10_000


async def accept_outage_report(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    comment: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> OutageReport:
    """The requester, or their organization's coordinator, is content with what was sent.

    A ticket whose solution they have confirmed closes by it; from now on one that is only
    resolved closes again when nobody says anything.

    Raises InvalidTransition unless one was sent and not answered, StaleVersion when it is another
    version than the expected one, PluginRejection, and what `changing` raises.
    """
    comment = readable("comment", comment, limit=WORDS_LIMIT)
    if await visible_to(viewer).filter(id=ticket_id, confirmed_at__isnull=False).exists():
        await check_transition(desk, viewer, ticket_id, "closed")
    async with reporting(desk, viewer, ticket_id, Act.ANSWER_OUTAGE_REPORT, once=once) as it:
        sent = _the_sent(it, expected_version)
        it.tell(EventKind.OUTAGE_REPORT_ACCEPTED, version=sent, comment=comment)
        it.close_if_settled()
    return it.report


async def refuse_outage_report(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    reason: str,
    expected_version: int | None = None,
    once: Once | None = None,
) -> OutageReport:
    """What was sent will not do: it is a draft again, and the ticket stays open until a better
    one is accepted.

    Raises InvalidInput without a reason, and what `accept_outage_report` raises.
    """
    reason = readable("reason", reason, limit=WORDS_LIMIT)
    if not reason:
        raise InvalidInput("reason", "Say what is missing or wrong, so that we can mend it.")
    async with reporting(desk, viewer, ticket_id, Act.ANSWER_OUTAGE_REPORT, once=once) as it:
        sent = _the_sent(it, expected_version)
        it.tell(EventKind.OUTAGE_REPORT_REFUSED, version=sent, reason=reason)
    return it.report


def _the_sent(it: Reporting, expected_version: int | None) -> int | None:
    sent = it.report.sent_version
    if expected_version not in (None, sent):
        raise StaleVersion(sent or 0)
    return sent
