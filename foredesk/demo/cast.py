"""Cast: the people, teams, articles and services of a demo that has been laid out."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from foredesk.catalog.models import Service
from foredesk.demo.library import pages
from foredesk.demo.people import DESK, INFRASTRUCTURE, Player
from foredesk.knowledge.models import Article
from foredesk.people.models import Person, Team
from foredesk.people.viewer import Viewer, viewer_of

_FIRST_LINE = {
    "tannquell": ("Jonas Eberlein", "Leonie Abt"),
    "larkmeadow": ("Mira Holt", "Owen Tarrant"),
}
_SPECIALISTS = {"tannquell": ("Tobias Renk",), "larkmeadow": ("Priya Nandi", "Samuel Okonjo")}
COORDINATOR = "Helene Voss"


@dataclass(frozen=True, slots=True)
class Cast:
    viewers: Mapping[str, Viewer]
    """By name."""
    teams: Mapping[str, UUID]
    services: Mapping[str, UUID]
    articles: Mapping[tuple[str, str], Article]
    """By translation key and language."""

    @classmethod
    async def gathered(cls) -> "Cast":
        by_slug = {article.slug: article for article in await Article.all()}
        return cls(
            viewers={person.name: await viewer_of(person) for person in await Person.all()},
            teams={team.key: team.id for team in await Team.all()},
            services={service.key: service.id for service in await Service.all()},
            articles={
                (page.translation, page.locale): by_slug[page.slug]
                for page in pages()
                if page.slug in by_slug
            },
        )

    def viewer(self, player: Player) -> Viewer:
        return self.viewers[player.name]

    def team_of(self, name: str) -> UUID:
        return self.teams[INFRASTRUCTURE if name in _all_specialists() else DESK]

    def article_for(self, translation: str, company: str) -> Article | None:
        """In the customer's language, where there is one."""
        return self.articles.get((translation, "de" if company == "tannquell" else "en"))


def first_line(company: str) -> tuple[str, ...]:
    """Who answers this customer."""
    return _FIRST_LINE[company]


def specialists(company: str) -> tuple[str, ...]:
    return _SPECIALISTS[company]


def _all_specialists() -> frozenset[str]:
    return frozenset(name for names in _SPECIALISTS.values() for name in names)
