"""Visits: people who look something up and, more often than not, file no request."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from foredesk.demo.acts import Scene
from foredesk.demo.people import REQUESTERS, Player
from foredesk.demo.plot import plans
from foredesk.demo.stage import Moments
from foredesk.demo.topics import wording
from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.deflection import open_article, record_deflection
from foredesk.knowledge.feedback import rate_article
from foredesk.knowledge.models import Article, DeflectionOutcome
from foredesk.people.viewer import ANONYMOUS, Viewer

_GAPS = 0.13
"""Share of visits that look for what nobody has written."""


@dataclass(frozen=True, slots=True)
class Visit:
    seed: str
    at: datetime
    company: str
    person: Player | None
    """None: somebody who has not signed in."""
    text: str
    is_gap: bool
    """Nobody has written what they look for."""


def visits(seed: int, since: datetime, until: datetime, count: int) -> Iterator[Visit]:
    """As many in the same pattern as requests; the same for the same arguments."""
    for number, plan in enumerate(plans(seed + 1, since, until, count)):
        chance = random.Random(f"{seed}:visit:{number}")
        words = wording("de" if plan.company == "tannquell" else "en")
        is_gap = chance.random() < _GAPS
        texts = words.phrases["unanswered"] if is_gap else words.searches[plan.topic.key]
        people = [person for person in REQUESTERS if person.company == plan.company]
        yield Visit(
            seed=f"{seed}:visit:{number}",
            at=plan.at,
            company=plan.company,
            person=chance.choice(people) if chance.random() < 0.6 else None,
            text=chance.choice(texts),
            is_gap=is_gap,
        )


async def look_up(scene: Scene, visit: Visit) -> Moments:
    """Search, open the first hit, and sometimes say whether it answered."""
    chance = random.Random(visit.seed)
    viewer = scene.cast.viewer(visit.person) if visit.person else ANONYMOUS
    visitor = None if visit.person else f"demo-{visit.seed}"
    locale = "de" if visit.company == "tannquell" else "en"
    found = await search_articles(
        scene.desk, viewer, text=visit.text, locale=locale, visitor=visitor
    )
    if (
        not found.hits
        or found.search_id is None
        or chance.random() < (0.6 if visit.is_gap else 0.15)
    ):
        return
    yield scene.desk.now() + timedelta(seconds=chance.uniform(8, 40))
    article = found.hits[0].article
    await open_article(
        scene.desk, viewer, slug=article.slug, search_id=found.search_id, visitor=visitor
    )
    outcome = _outcome(chance, visit)
    if outcome is None:
        return
    yield scene.desk.now() + timedelta(minutes=chance.uniform(1, 9))
    await record_deflection(
        scene.desk,
        viewer,
        search_id=found.search_id,
        article_id=article.id,
        outcome=outcome,
        visitor=visitor,
    )
    if chance.random() < 0.5:
        await _rate(scene, viewer, article, outcome, visitor, chance)


def _outcome(chance: random.Random, visit: Visit) -> DeflectionOutcome | None:
    """Most say nothing."""
    shares = (0, 30, 70) if visit.is_gap else (40, 10, 50)
    return chance.choices((DeflectionOutcome.SOLVED, DeflectionOutcome.NOT_HELPFUL, None), shares)[
        0
    ]


async def _rate(
    scene: Scene,
    viewer: Viewer,
    article: Article,
    outcome: DeflectionOutcome,
    visitor: str | None,
    chance: random.Random,
) -> None:
    helpful = outcome is DeflectionOutcome.SOLVED
    words = wording(article.locale)
    await rate_article(
        scene.desk,
        viewer,
        article_id=article.id,
        helpful=helpful,
        comment="" if helpful else chance.choice(words.phrases["missing"]),
        visitor=visitor,
    )
