"""Propose: an agreement file, with what it names looked up, ready to be replayed."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from foredesk.agreement_files.bring_in import compare_agreement_file
from foredesk.agreement_files.store import resolved
from foredesk.agreement_files.tree import FileFormat
from foredesk.catalog.queries import visible_to as visible_services
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people.queries import visible_organizations
from foredesk.people.viewer import Viewer
from foredesk.replay.proposal import Proposal, Scope
from foredesk.replay.run import Bounds, Replay, replay_agreement


@dataclass(frozen=True, slots=True)
class FromFile:
    """`organization_id` is that of the file; None when it promises something to everybody."""

    proposal: Proposal
    organization_id: UUID | None


async def proposal_in(
    desk: Desk, viewer: Viewer, *, text: str, format: FileFormat | None = None
) -> FromFile:
    """Where there is an agreement of its name already, it is replayed as its next version.

    Raises InvalidInput for a file that can't be read or names what the viewer can't see.
    """
    compared = await compare_agreement_file(desk, viewer, text=text, format=format)
    proposed = compared.proposed
    whole = replace(proposed, proposal=await resolved(viewer, proposed))
    organization_id = await _organization(viewer, proposed.organization)
    service_id = await _service(viewer, proposed.service)
    scope = Scope(
        str(organization_id) if organization_id else None,
        str(service_id) if service_id else None,
        proposed.kind,
    )
    replaces = compared.agreement.id if compared.agreement else None
    return FromFile(Proposal(proposed.name, whole.terms(), scope, replaces), organization_id)


async def replay_file(
    desk: Desk,
    viewer: Viewer,
    *,
    text: str,
    format: FileFormat | None = None,
    since: datetime,
    until: datetime | None = None,
    organization_id: UUID | None = None,
) -> Replay:
    """Replay a file for somebody who waits for it, within `WHILE_WAITING`.

    Raises what `proposal_in` and `replay_agreement` raise, and InvalidInput while so many others
    are replayed that there is no room for one more.
    """
    file = await proposal_in(desk, viewer, text=text, format=format)
    if len(_WAITING) >= AT_ONCE:
        raise InvalidInput("since", "Others are being replayed. Try again in a minute.")
    ticket = object()
    _WAITING.add(ticket)
    try:
        return await replay_agreement(
            desk,
            viewer,
            proposal=file.proposal,
            since=since,
            until=until,
            organization_id=organization_id or file.organization_id,
            bounds=WHILE_WAITING,
        )
    finally:
        _WAITING.discard(ticket)


WHILE_WAITING = Bounds(processes=1, tickets=10_000, seconds=12)
AT_ONCE = 2
_WAITING: set[object] = set()


async def _organization(viewer: Viewer, slug: str) -> UUID | None:
    if not slug:
        return None
    found = await visible_organizations(viewer).get_or_none(slug=slug)
    if found is None:
        raise InvalidInput("text", f"There is no organization {slug!r}.")
    return found.id


async def _service(viewer: Viewer, key: str) -> UUID | None:
    if not key:
        return None
    found = await visible_services(viewer).get_or_none(key=key)
    if found is None:
        raise InvalidInput("text", f"There is no service {key!r}.")
    return found.id
