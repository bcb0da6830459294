"""A desk whose parts beyond the domain only keep what they are given."""

import random
from pathlib import Path

from foredesk.desk import Desk
from foredesk.settings import Settings
from tests.clock import Clock
from tests.quiet_parts import NoHooks, NoIndex, QuietJobs, QuietLive, QuietMailer


def make_desk(database_url: str, clock: Clock, folder: Path) -> Desk:
    return Desk(
        now=clock,
        random=random.Random(7),
        hooks=NoHooks(),
        knowledge=NoIndex(),
        jobs=QuietJobs(),
        mailer=QuietMailer(),
        live=QuietLive(),
        settings=Settings(
            data_dir=folder, database_url=database_url, api_rate=0, api_rate_anonymous=0
        ),
    )
