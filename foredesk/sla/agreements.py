"""Which agreement applies to a request, and why that one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from foredesk.sla.models import Agreement, AgreementVersion


@dataclass(frozen=True, slots=True)
class AgreementChoice:
    """An agreement that could apply, in the version in force; `reason` is for people."""

    agreement: Agreement
    version: AgreementVersion
    reason: str


async def applicable_agreement(
    *, organization_id: UUID, service_id: UUID | None, kind: str | None, at: datetime
) -> AgreementVersion | None:
    """The version in force of the most specific agreement; None when nothing was promised."""
    choices = await applicable_agreements(
        organization_id=organization_id, service_id=service_id, kind=kind, at=at
    )
    return choices[0].version if choices else None


async def applicable_agreements(
    *, organization_id: UUID, service_id: UUID | None, kind: str | None, at: datetime
) -> Sequence[AgreementChoice]:
    """All that apply, by precedence.

    One for the organization beats one for all, then one for the service beats one for any, then
    one for the kind of request; among equals the one agreed last.
    """
    rows = await Agreement.filter(
        Q(organization_id=organization_id) | Q(organization_id__isnull=True),
        Q(service_id=service_id) | Q(service_id__isnull=True),
        Q(kind=kind) | Q(kind__isnull=True),
    )
    versions = await _in_force([row.id for row in rows], at)
    choices = [
        AgreementChoice(row, versions[row.id], _reason(row)) for row in rows if row.id in versions
    ]
    return sorted(choices, key=_precedence, reverse=True)


async def _in_force(agreement_ids: Sequence[UUID], at: datetime) -> dict[UUID, AgreementVersion]:
    versions = await AgreementVersion.filter(
        agreement_id__in=list(agreement_ids), valid_from__lte=at
    ).order_by("valid_from")
    return {version.agreement_id: version for version in versions}


def _precedence(choice: AgreementChoice) -> tuple[bool, bool, bool, datetime, str]:
    agreement = choice.agreement
    return (
        agreement.organization_id is not None,
        agreement.service_id is not None,
        agreement.kind is not None,
        choice.version.valid_from,
        str(agreement.id),
    )


def _reason(agreement: Agreement) -> str:
    limits = [
        "the organization" if agreement.organization_id else "",
        "the service" if agreement.service_id else "",
        "this kind of request" if agreement.kind else "",
    ]
    named = " and ".join(limit for limit in limits if limit)
    return f"It was made for {named}." if named else "It is the default for everyone."
