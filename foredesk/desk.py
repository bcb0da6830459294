"""Desk: what a use case needs from the world around it, and nothing global."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from foredesk.ports import Hooks, Jobs, KnowledgeIndex, Live, Mailer
from foredesk.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """Built once by `foredesk.composition` and handed to every use case.

    `now` gives aware UTC times; `random` is the only source of chance that may show.
    """

    now: Callable[[], datetime]
    random: random.Random
    hooks: Hooks
    knowledge: KnowledgeIndex
    jobs: Jobs
    mailer: Mailer
    live: Live
    settings: Settings
