"""What happened to an article: its versions, and what else was done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from foredesk.knowledge.authoring import ArticleAct, ArticleEvent
from foredesk.knowledge.models import Article, ArticleVersion
from foredesk.knowledge.notices import visible_events
from portal.people_named import names_of
from portal.visits import Visit
from portal.words import marked

SHOWN_AT_MOST = 100
HAPPENED: Mapping[ArticleAct, str] = {
    ArticleAct.SUBMITTED: marked("A review was asked for"),
    ArticleAct.RETURNED: marked("Made a draft again"),
    ArticleAct.PUBLISHED: marked("Published"),
    ArticleAct.RETIRED: marked("Retired"),
    ArticleAct.SCHEDULED: marked("Planned"),
    ArticleAct.UNSCHEDULED: marked("Planned no more"),
    ArticleAct.NOT_PUBLISHED: marked("It could not be published"),
    ArticleAct.PLACED: marked("Readers, owner or dates changed"),
    ArticleAct.LOOKED_OVER: marked("Looked through"),
    ArticleAct.PROPOSED: marked("A new version was proposed"),
    ArticleAct.ACCEPTED: marked("The proposed version was accepted"),
    ArticleAct.DECLINED: marked("The proposed version was declined"),
    ArticleAct.ATTACHED: marked("A file was attached"),
    ArticleAct.DETACHED: marked("A file was taken away"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """`who` is empty for what happened by itself, or by somebody whom the viewer may not see."""

    at: datetime
    what: str
    who: str
    note: str
    version: int
    is_version: bool


async def happenings(visit: Visit, article: Article) -> Sequence[Happening]:
    """Newest first."""
    events = visible_events(visit.viewer).filter(article_id=article.id).order_by("-at", "-id")
    acts = await events.limit(SHOWN_AT_MOST)
    rows = ArticleVersion.filter(article_id=article.id).order_by("-version")
    versions = await rows.limit(SHOWN_AT_MOST).only(
        "id", "version", "at", "note", "author_id", "restored_from"
    )
    names = await names_of(
        visit.viewer, [*(one.actor_id for one in acts), *(one.author_id for one in versions)]
    )
    found = [
        Happening(
            one.at, visit.words(HAPPENED[one.act]), names(one.actor_id), _said(one, visit), 0, False
        )
        for one in acts
    ]
    for one in versions:
        what = visit.words("Version %(number)s", number=one.version)
        if one.restored_from:
            what = visit.words(
                "Version %(number)s, as version %(other)s was",
                number=one.version,
                other=one.restored_from,
            )
        found.append(Happening(one.at, what, names(one.author_id), one.note, one.version, True))
    return sorted(found, key=lambda one: (one.at, not one.is_version), reverse=True)


def _said(event: ArticleEvent, visit: Visit) -> str:
    """What the desk itself gives as a reason, in the viewer's language."""
    is_ours = event.act is ArticleAct.NOT_PUBLISHED and event.note
    return visit.words(event.note) if is_ours else event.note
