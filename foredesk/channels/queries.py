"""What a viewer may read of the outbox."""

from tortoise.queryset import QuerySet

from foredesk.channels.models import OutboxMail
from foredesk.people.policy import Act, may
from foredesk.people.viewer import Viewer


def visible_to(viewer: Viewer) -> QuerySet[OutboxMail]:
    """Newest first. Administrators read the outbox, and nobody else: it holds survey links."""
    if may(viewer, Act.SEE_OUTBOX):
        return OutboxMail.all()
    return OutboxMail.filter(id__isnull=True)
