"""Reading what is kept as files say it, for those who manage agreements."""

from collections.abc import Sequence
from uuid import UUID

from foredesk.agreement_files.differences import Difference, agreement_differences
from foredesk.agreement_files.store import stored_agreement
from foredesk.agreement_files.tree import FileFormat
from foredesk.agreement_files.write import agreement_text
from foredesk.errors import NotFound
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.sla.models import Agreement, AgreementVersion
from foredesk.sla.queries import visible_to


async def agreement_file(
    viewer: Viewer, *, agreement_id: UUID, format: FileFormat = FileFormat.YAML
) -> str:
    """The newest version with its calendar. Raises NotFound and NotPermitted."""
    return agreement_text(await stored_agreement(await _one(viewer, agreement_id)), format)


async def version_differences(
    viewer: Viewer, agreement_id: UUID, before: int, after: int
) -> Sequence[Difference]:
    """Between two versions, by their numbers. Raises NotFound and NotPermitted.

    A calendar is compared as it is now: it has versions of its own.
    """
    agreement = await _one(viewer, agreement_id)
    numbers = AgreementVersion.filter(agreement_id=agreement_id, number__in=[before, after])
    found = {version.number: version for version in await numbers}
    if before not in found or after not in found:
        raise NotFound("agreementId", "There is no such version.")
    return agreement_differences(
        await stored_agreement(agreement, found[before]),
        await stored_agreement(agreement, found[after]),
    )


async def _one(viewer: Viewer, agreement_id: UUID) -> Agreement:
    require(viewer, Act.MANAGE_AGREEMENTS)
    agreement = await visible_to(viewer).get_or_none(id=agreement_id)
    if agreement is None:
        raise NotFound("agreementId")
    return agreement
