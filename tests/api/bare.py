"""A desk without a database, for requests that never get as far."""

import random

from foredesk.desk import Desk
from foredesk.settings import Settings
from tests.clock import Clock
from tests.quiet_parts import NoHooks, NoIndex, QuietJobs, QuietLive, QuietMailer


def bare_desk(settings: Settings) -> Desk:
    return Desk(
        now=Clock(),
        random=random.Random(7),
        hooks=NoHooks(),
        knowledge=NoIndex(),
        jobs=QuietJobs(),
        mailer=QuietMailer(),
        live=QuietLive(),
        settings=settings,
    )
