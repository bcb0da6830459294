"""Which agreement applies to a request, and why that one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foredesk.sla.agreed import Agreed, Offer, agreed
from foredesk.sla.models import Agreement, AgreementVersion


@dataclass(frozen=True, slots=True)
class AgreementChoice:
    """An agreement that could apply, in the version in force; `reason` is for people."""

    agreement: Agreement
    version: AgreementVersion
    reason: str


@dataclass(frozen=True, slots=True)
class ConsideredAgreement:
    """An agreement with the organization or with all; `reason` says why it applies or does not."""

    agreement: Agreement
    version: AgreementVersion | None
    applies: bool
    reason: str


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
    considered = await considered_agreements(
        organization_id=organization_id, service_id=service_id, kind=kind, at=at, known=known
    )
    return [
        AgreementChoice(one.agreement, one.version, one.reason)
        for one in considered
        if one.applies and one.version is not None
    ]


async def considered_agreements(
    *,
    organization_id: UUID,
    service_id: UUID | None,
    kind: str | None,
    at: datetime,
    known: Agreed | None = None,
) -> Sequence[ConsideredAgreement]:
    """Those that apply by precedence, then those that do not."""
    offers = await (known or await agreed()).offers(organization_id)
    found = [_considered(offer, service_id, kind, at) for offer in offers]
    return sorted(found, key=_precedence, reverse=True)


def _considered(
    offer: Offer, service_id: UUID | None, kind: str | None, at: datetime
) -> ConsideredAgreement:
    agreement, version = offer.agreement, offer.in_force(at)
    objection = ""
    if agreement.service_id not in (None, service_id):
        objection = "It is about another service."
    elif agreement.kind not in (None, kind):
        objection = "It is about another kind of request."
    elif version is None:
        objection = "It had not begun when the request was recorded."
    return ConsideredAgreement(agreement, version, not objection, objection or _reason(agreement))


def _precedence(one: ConsideredAgreement) -> tuple[bool, bool, bool, bool, float, str]:
    agreement = one.agreement
    return (
        one.applies,
        agreement.organization_id is not None,
        agreement.service_id is not None,
        agreement.kind is not None,
        one.version.valid_from.timestamp() if one.version else 0.0,
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
