"""What the list of articles is asked for by its address: whatever it cannot read it leaves out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from tortoise.queryset import QuerySet

from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.queries import visible_to
from foredesk.people.viewer import Viewer
from portal.forms import clean, uuid_in

STEP = 50
LONGEST = 200
FURTHEST = 100_000
MINE, NOBODY = "me", "nobody"


@dataclass(frozen=True, slots=True)
class Asked:
    """Each is empty where all are asked for. `owner` is a person's id, `me` or `nobody`."""

    q: str = ""
    state: str = ""
    language: str = ""
    section: str = ""
    owner: str = ""
    due: bool = False
    first: int = 0

    def query(self, **changes: object) -> str:
        """The part of an address that asks for this, with other words in places."""
        said = {name: getattr(self, name) for name in self.__slots__} | {"first": 0} | changes
        return urlencode({name: "yes" if it is True else it for name, it in said.items() if it})


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list, and how many articles there are in all."""

    articles: Sequence[Article]
    total: int


def asked_in(values: Mapping[str, str]) -> Asked:
    said = {name: clean(values.get(name, ""))[:LONGEST] for name in Asked.__slots__}
    first = said["first"]
    is_number = first.isascii() and first.isdigit() and len(first) < 7
    return Asked(
        q=said["q"],
        state=said["state"] if said["state"] in [*ArticleState] else "",
        language=said["language"],
        section=said["section"],
        owner=said["owner"] if said["owner"] in (MINE, NOBODY) or uuid_in(said["owner"]) else "",
        due=bool(said["due"]),
        first=min(int(first), FURTHEST) if is_number else 0,
    )


async def listed(viewer: Viewer, asked: Asked, now: datetime) -> Listed:
    """Those that were changed last come first."""
    rows = _filtered(viewer, asked, now).order_by("-updated_at", "id")
    if not asked.q:
        found = rows.offset(asked.first).limit(STEP).prefetch_related("owner", "organization")
        return Listed(await found, await rows.count())
    ids = await _titled(rows, asked.q)
    shown = rows.filter(id__in=ids[asked.first : asked.first + STEP])
    return Listed(await shown.prefetch_related("owner", "organization"), len(ids))


async def _titled(rows: QuerySet[Article], q: str) -> list[UUID]:
    """Compared here: not every database knows the capital letters of all scripts."""
    wanted = q.casefold().split()
    return [
        id
        for id, title in await rows.values_list("id", "title")
        if all(word in title.casefold() for word in wanted)
    ]


def _filtered(viewer: Viewer, asked: Asked, now: datetime) -> QuerySet[Article]:
    rows = visible_to(viewer)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.language:
        rows = rows.filter(locale=asked.language)
    if asked.section:
        rows = rows.filter(section=asked.section)
    if asked.owner == MINE:
        rows = rows.filter(owner_id=viewer.person_id)
    elif asked.owner == NOBODY:
        rows = rows.filter(owner_id=None)
    elif asked.owner:
        rows = rows.filter(owner_id=uuid_in(asked.owner))
    if asked.due:
        rows = rows.filter(review_at__lte=now).exclude(state=ArticleState.RETIRED)
    return rows
