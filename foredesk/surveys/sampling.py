"""Sampling: whom to ask, as few as the answer needs, so that each chance is known. Pure."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from foredesk.surveys.metrics import needed_answers

LEAST = 0.05
PRIOR_ANSWERED, PRIOR_SENT = 3, 10
"""Until we know better, three of ten answer."""


def probability(
    *, half_width: float, expected_closes: int, sent: int, answered: int, strata: int
) -> float:
    """Asks as many of a month's closed tickets in a stratum as its share of the answers needs.

    `half_width` is in percentage points. A stratum with few tickets is asked about all of them.
    """
    closes = max(expected_closes, 1)
    needed = needed_answers(half_width / 100) / strata
    rate = (answered + PRIOR_ANSWERED) / (sent + PRIOR_SENT)
    return min(1.0, max(LEAST, needed / (closes * rate)))


def inclusion_probability(chance: float, earlier: Iterable[float]) -> float:
    """The chance to be asked at all: `earlier` are those of the person's tickets in the cool-down.

    Exact, because two of them can't both be chosen.
    """
    return chance * max(0.0, 1.0 - sum(earlier))


def draw(secret: str, ticket_id: UUID) -> float:
    """Between 0 and 1; the same for the same ticket, and nobody can guess it without the secret."""
    digest = hmac.new(bytes.fromhex(secret), ticket_id.bytes, sha256).digest()
    return int.from_bytes(digest[:7], "big") / (1 << 56)
