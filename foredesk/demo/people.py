"""Who is who in the demo: three fictional organizations, their teams, a person in every role."""

from dataclasses import dataclass

from foredesk.people.models import RequestVisibility
from foredesk.people.roles import Role


@dataclass(frozen=True, slots=True)
class Company:
    slug: str
    name: str
    locale: str
    time_zone: str
    request_visibility: RequestVisibility
    country_code: str


@dataclass(frozen=True, slots=True)
class Player:
    """A person of the demo. Without `signs_in` they have no password."""

    company: str
    name: str
    roles: tuple[Role, ...] = ()
    teams: tuple[str, ...] = ()
    time_zone: str = ""
    locale: str = ""
    signs_in: bool = False

    @property
    def email(self) -> str:
        return f"{self._account}@{self.company}.example"

    @property
    def password(self) -> str:
        return f"demo-{self._account.replace('.', '-')}" if self.signs_in else ""

    @property
    def _account(self) -> str:
        return self.name.lower().replace(" ", ".")


PROVIDER = "fernwick"
BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"
DESK, INFRASTRUCTURE = "service-desk", "infrastructure"
TEAMS = {DESK: "Service desk", INFRASTRUCTURE: "Infrastructure"}
TRUST = "trust"
CONFIDENTIAL_TEAMS = {TRUST: "Trust"}
"""What they have, nobody else learns of."""

COMPANIES = (
    Company(PROVIDER, "Fernwick IT Services", "en", BERLIN, RequestVisibility.OWN, "+44"),
    Company("tannquell", "Tannquell Möbelwerke", "de", BERLIN, RequestVisibility.BY_ROLE, "+49"),
    Company("larkmeadow", "Larkmeadow Foods", "en", NEW_YORK, RequestVisibility.ORGANIZATION, "+1"),
)


def _agent(
    name: str, role: Role, teams: tuple[str, ...], time_zone: str, locale: str = "en"
) -> Player:
    return Player(PROVIDER, name, (role,), teams, time_zone, locale, signs_in=True)


AGENTS = (
    _agent("Mira Holt", Role.CUSTOMER_SERVICE_REPRESENTATIVE, (DESK,), NEW_YORK),
    _agent("Owen Tarrant", Role.CUSTOMER_SERVICE_REPRESENTATIVE, (DESK,), NEW_YORK),
    _agent("Jonas Eberlein", Role.CUSTOMER_SERVICE_REPRESENTATIVE, (DESK,), BERLIN, "de"),
    _agent("Leonie Abt", Role.CUSTOMER_SERVICE_REPRESENTATIVE, (DESK,), BERLIN, "de"),
    _agent("Priya Nandi", Role.INCIDENT_RESOLVER, (INFRASTRUCTURE,), NEW_YORK),
    _agent("Tobias Renk", Role.INCIDENT_RESOLVER, (INFRASTRUCTURE,), BERLIN, "de"),
    _agent("Helene Voss", Role.INCIDENT_COORDINATOR, (DESK, INFRASTRUCTURE), BERLIN, "de"),
    _agent("Samuel Okonjo", Role.PROBLEM_ANALYST, (INFRASTRUCTURE,), NEW_YORK),
    _agent("Ingrid Halvarsen", Role.PROBLEM_MANAGER, (INFRASTRUCTURE, TRUST), BERLIN),
    _agent("Dario Feld", Role.CUSTOMER_SERVICE_MANAGER, (DESK, TRUST), BERLIN, "de"),
    _agent("Robin Castell", Role.ADMINISTRATOR, (DESK, INFRASTRUCTURE), BERLIN),
)


def _requesters(company: str, *names: str) -> tuple[Player, ...]:
    """The first two of a company can sign in; the first is its coordinator."""
    coordinates = (Role.ORGANIZATION_COORDINATOR,)
    return tuple(
        Player(company, name, () if position else coordinates, signs_in=position < 2)
        for position, name in enumerate(names)
    )


REQUESTERS = (
    *_requesters(
        "tannquell",
        "Anke Sommerfeld",
        "Bastian Krull",
        "Clara Wiesner",
        "Dilan Aydemir",
        "Emil Rautenberg",
        "Frauke Thiessen",
        "Gregor Pohl",
        "Hanna Lubitz",
        "Ilias Markou",
        "Jule Brandis",
        "Konrad Seiffert",
        "Lale Ersoy",
        "Matti Hagedorn",
        "Nele Ostwald",
    ),
    *_requesters(
        "larkmeadow",
        "Alma Whitcombe",
        "Benedict Osei",
        "Cora Delacroix",
        "Desmond Pryce",
        "Elena Marchetti",
        "Felix Amadi",
        "Grace Hollander",
        "Hugo Lindquist",
        "Isla Fairbanks",
        "Jamal Beckford",
        "Keiko Ramsey",
        "Lionel Dacosta",
        "Marisol Vega",
        "Nathan Oakley",
    ),
)
EVERYBODY = AGENTS + REQUESTERS
