"""Throttle: slow down whoever guesses passwords, by account and by network address."""

from datetime import datetime, timedelta

from foredesk.errors import TooManyAttempts
from foredesk.people.models import SignInAttempt

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 8
PER_ADDRESS = 40


async def check(now: datetime, *, email: str, address: str) -> None:
    """Raises TooManyAttempts when the account or the address failed too often lately."""
    for subject, limit in _subjects(email, address):
        recent = SignInAttempt.filter(subject=subject, at__gt=now - WINDOW)
        if await recent.count() >= limit:
            oldest = await recent.order_by("at").first()
            wait = (oldest.at + WINDOW - now).total_seconds() if oldest else 0
            raise TooManyAttempts(max(1, round(wait)))


async def note_failure(now: datetime, *, email: str, address: str) -> None:
    await SignInAttempt.filter(at__lt=now - WINDOW).delete()
    for subject, _ in _subjects(email, address):
        await SignInAttempt.create(subject=subject, at=now)


async def forget(email: str) -> None:
    await SignInAttempt.filter(subject=f"email:{email}").delete()


def _subjects(email: str, address: str) -> tuple[tuple[str, int], ...]:
    return ((f"email:{email}", PER_ACCOUNT), (f"address:{address}", PER_ADDRESS))
