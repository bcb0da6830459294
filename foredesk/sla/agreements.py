"""Which agreement applies to a request, and why that one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foredesk.sla.agreed import Agreed, agreed
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
    *,
    organization_id: UUID,
    service_id: UUID | None,
    kind: str | None,
    at: datetime,
    known: Agreed | None = None,
) -> Sequence[AgreementChoice]:
    """All that apply, by precedence.

    One for the organization beats one for all, then one for the service beats one for any, then
    one for the kind of request; among equals the one agreed last.
    """
    choices = [
        AgreementChoice(offer.agreement, version, _reason(offer.agreement))
        for offer in await (known or await agreed()).offers(organization_id)
        if _covers(offer.agreement, service_id, kind)
        if (version := offer.in_force(at)) is not None
    ]
    return sorted(choices, key=_precedence, reverse=True)


def _covers(agreement: Agreement, service_id: UUID | None, kind: str | None) -> bool:
    return agreement.service_id in (None, service_id) and agreement.kind in (None, kind)


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
