"""Story: six months of a help desk, played by the use cases up to a given moment."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from foredesk.channels.mail import OutboxMailer
from foredesk.database import transaction
from foredesk.demo import authors, joining, searches
from foredesk.demo.acts import Scene
from foredesk.demo.cast import Cast
from foredesk.demo.confidence import HOURS_BEFORE, confide, go_on_holiday
from foredesk.demo.errands import Handler, StoryJobs
from foredesk.demo.extensions import extend, extended_pages
from foredesk.demo.finale import last_plans
from foredesk.demo.histories import History
from foredesk.demo.office import Office
from foredesk.demo.opinions import ReadMailer, give_opinion
from foredesk.demo.plot import plans
from foredesk.demo.silence import Unheard
from foredesk.demo.stage import Stage, StoryClock
from foredesk.demo.timers import timers
from foredesk.demo.visits import look_up, visits
from foredesk.desk import Desk
from foredesk.ports import Mail

Handlers = Callable[[Desk], Mapping[str, Handler]]
"""The server's table of jobs, for a desk."""


@dataclass(frozen=True, slots=True)
class Script:
    """How much happens. The same script ends in the same tickets."""

    until: datetime
    days: int = 183
    tickets: int = 300
    visits: int = 420
    seed: int = 20260301

    @property
    def since(self) -> datetime:
        return self.until - timedelta(days=self.days)


async def play(
    desk: Desk,
    clock: StoryClock,
    script: Script,
    handlers: Handlers,
    on_time: Callable[[datetime], None],
) -> None:
    """In one transaction: everything, or nothing of it."""
    jobs = StoryJobs(clock)
    outbox = OutboxMailer(clock, jobs, desk.settings.mail_from.rpartition("@")[2])
    mailer = ReadMailer(outbox)
    playing = replace(
        desk,
        now=clock,
        random=random.Random(script.seed),
        jobs=jobs,
        mailer=mailer,
        live=Unheard(),
    )
    async with transaction():
        stage = Stage(clock, jobs, handlers(playing), timers(playing))
        mailer.on_invitation = partial(_ask_opinion, stage, playing, script)
        scene = Scene(playing, await Cast.gathered(), _offices(script))
        _enter_all(stage, scene, script)
        await stage.play(script.until, on_time)
        await jobs.hand_over(desk.jobs)


def _offices(script: Script) -> dict[str, Office]:
    customers = ("tannquell", "larkmeadow")
    return {slug: Office.of(slug, script.since, script.until) for slug in customers}


def _enter_all(stage: Stage, scene: Scene, script: Script) -> None:
    for plan in plans(script.seed, script.since, script.until, script.tickets):
        stage.enter(plan.at, History(scene, plan).unfold())
    for visit in visits(script.seed, script.since, script.until, script.visits):
        stage.enter(visit.at, look_up(scene, visit))
    for number, page in enumerate(extended_pages(), start=1):
        stage.enter(script.since + timedelta(days=script.days / 2 + number), extend(scene, page))
    for plan in last_plans(script.seed, script.until):
        stage.enter(plan.at, History(scene, plan).unfold())
    stage.enter(script.until - timedelta(hours=HOURS_BEFORE), confide(scene))
    morning = script.until - timedelta(hours=joining.HOURS_BEFORE)
    stage.enter(morning, joining.join(scene))
    stage.enter(morning + timedelta(hours=1), joining.correct(scene))
    stage.enter(script.until - timedelta(hours=authors.HOURS_BEFORE), authors.propose(scene))
    told = script.until - timedelta(hours=searches.HOURS_BEFORE)
    stage.enter(told, searches.keep_searches(scene))
    holiday = script.until - timedelta(hours=30)
    stage.enter(holiday, go_on_holiday(scene, script.until))


def _ask_opinion(stage: Stage, desk: Desk, script: Script, mail: Mail, token: str) -> None:
    stage.enter(desk.now(), give_opinion(desk, str(script.seed), mail, token))
