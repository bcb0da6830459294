"""The outbox: what the desk has written to people, for administrators."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.channels.models import MailState, OutboxMail
from foredesk.channels.queries import visible_to
from foredesk.people.policy import Act, may
from portal.pages import page
from portal.visits import visit_of
from portal.words import marked

SHOWN_AT_MOST = 100
STATES = {
    MailState.WAITING: (marked("On its way"), "warn"),
    MailState.SENT: (marked("Sent"), "good"),
    MailState.KEPT: (marked("Kept here"), "done"),
    MailState.FAILED: (marked("Not delivered"), "bad"),
}
"""Each with its tone. Mail is kept here where no mail server is set."""


@dataclass(frozen=True, slots=True)
class Row:
    mail: OutboxMail
    label: str
    tone: str


async def show(request: Request) -> Response:
    """The newest mails. Raises HTTPException 404 for everyone else: survey links are secrets."""
    visit = visit_of(request)
    if not may(visit.viewer, Act.SEE_OUTBOX):
        raise HTTPException(404)
    mails = await visible_to(visit.viewer).limit(SHOWN_AT_MOST)
    rows = []
    for mail in mails:
        label, tone = STATES[mail.state]
        rows.append(Row(mail, visit.words(label), tone))
    return page(request, "outbox.html", rows=rows)
