"""Authors: what those who write articles are at work on when the demo opens."""

from datetime import timedelta

from foredesk.demo.acts import Scene
from foredesk.demo.stage import Moments
from foredesk.knowledge.propose import propose_revision
from foredesk.knowledge.second_person import set_publishing_rule

HOURS_BEFORE = 28


async def propose(scene: Scene) -> Moments:
    """Tannquell asks for a second person, so what changes in its time sheets waits for one."""
    article = scene.cast.articles["time-sheets", "de"]
    yield scene.desk.now() + timedelta(minutes=20)
    await set_publishing_rule(
        scene.desk,
        scene.cast.viewers["Robin Castell"],
        organization_id=article.organization_id,
        needs_second_person=True,
    )
    yield scene.desk.now() + timedelta(hours=2)
    await propose_revision(
        scene.desk,
        scene.cast.viewers["Leonie Abt"],
        article_id=article.id,
        body=article.body.replace("dritten Arbeitstag", "fünften Arbeitstag"),
        note="Monate bleiben zwei Tage länger offen",
    )
