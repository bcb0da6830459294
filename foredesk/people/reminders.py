"""Reminders: a week before an API token ends, whoever can make another one is told."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date

from foredesk import letters
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.each import each
from foredesk.people.models import ApiToken, Organization, Person, PersonKind
from foredesk.ports import Mail

PACKAGE = "foredesk.people"
BEFORE = timedelta(days=7)


async def remind_of_tokens(desk: Desk, *, limit: int = 100) -> int:
    """Once for each token that ends within a week and is older than that; returns how many."""
    due = await (
        ApiToken.filter(
            revoked_at=None,
            reminded_at=None,
            expires_at__gt=desk.now(),
            expires_at__lte=desk.now() + BEFORE,
            created_at__lte=desk.now() - BEFORE,
        )
        .order_by("expires_at", "id")
        .limit(limit)
        .values_list("id", flat=True)
    )
    ids = [UUID(str(token_id)) for token_id in due]
    return sum(await each("Reminding of the token", ids, partial(_remind, desk)))


async def _remind(desk: Desk, token_id: UUID) -> bool:
    async with transaction():
        token = await ApiToken.filter(id=token_id, reminded_at=None).select_for_update().first()
        if token is None:
            return False
        await ApiToken.filter(id=token_id).update(reminded_at=desk.now())
        owner = await Person.get(id=token.person_id)
        to = await _who_can_make_another(token, owner)
        if to is not None and owner.is_active:
            await desk.mailer.send(await _mail(desk, token, owner, to))
    return to is not None


async def _who_can_make_another(token: ApiToken, owner: Person) -> Person | None:
    """The owner; for a service account the administrator who made the token, if they are there."""
    if owner.kind is PersonKind.PERSON:
        return owner
    return await Person.get_or_none(id=token.created_by_id, is_active=True, kind=PersonKind.PERSON)


async def _mail(desk: Desk, token: ApiToken, owner: Person, to: Person) -> Mail:
    organization = await Organization.get(id=to.organization_id)
    locale = to.locale or organization.locale
    is_own = owner.id == to.id
    place = "/account/tokens" if is_own else f"/service-accounts/{owner.id}"
    facts = {
        "name": to.name,
        "owner": owner.name,
        "token": token.name,
        "ends_on": _day(token.expires_at, to.time_zone or organization.time_zone, locale),
        "link": f"{desk.settings.address}{place}",
    }
    subject, text = letters.written(PACKAGE, "token_ends", locale, facts)
    return Mail(f"token-ends:{token.id}", to.email, subject, text, locale)


def _day(at: datetime, time_zone: str, locale: str) -> str:
    """In the language of the letter."""
    language = "de" if locale.split("-")[0] == "de" else "en"
    return format_date(at.astimezone(ZoneInfo(time_zone)), "long", locale=language)
