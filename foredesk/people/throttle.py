"""Throttle: slow down whoever guesses their way in, by account and by network address."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from foredesk.database import transaction
from foredesk.errors import TooManyAttempts
from foredesk.people.models import SignInAttempt

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 8
PER_ADDRESS = 40


@asynccontextmanager
async def attempting(now: datetime, *, address: str) -> AsyncIterator[None]:
    """Around an attempt that names no account: it counts as failed unless it comes to its end.

    Raises TooManyAttempts when the address failed too often lately.
    """
    noted = await _admitted(now, {f"address:{address}": PER_ADDRESS})
    yield
    await _forget(noted)


async def admit(now: datetime, *, email: str, address: str) -> Sequence[SignInAttempt]:
    """Let an attempt in, which counts as failed until `forgive` is called.

    It is noted before the others are counted, so that of many at once no more get in than one
    after another. Raises TooManyAttempts when the account or the address failed too often lately.
    """
    limits = {f"email:{email}": PER_ACCOUNT, f"address:{address}": PER_ADDRESS}
    return await _admitted(now, limits)


async def forgive(email: str, noted: Sequence[SignInAttempt]) -> None:
    """The attempt was right: its account starts anew, its address is as it was."""
    await _forget(noted)
    await SignInAttempt.filter(subject=f"email:{email}").delete()


async def _admitted(now: datetime, limits: Mapping[str, int]) -> Sequence[SignInAttempt]:
    async with transaction():
        await SignInAttempt.filter(at__lte=now - WINDOW).delete()
        noted = [await SignInAttempt.create(subject=subject, at=now) for subject in limits]
    for attempt in noted:
        others = SignInAttempt.filter(subject=attempt.subject, at__gt=now - WINDOW)
        if await others.count() > limits[attempt.subject]:
            oldest = await others.order_by("at").first()
            await _forget(noted)
            wait = (oldest.at + WINDOW - now).total_seconds() if oldest else 0
            raise TooManyAttempts(max(1, round(wait)))
    return noted


async def _forget(noted: Sequence[SignInAttempt]) -> None:
    await SignInAttempt.filter(id__in=[attempt.id for attempt in noted]).delete()
