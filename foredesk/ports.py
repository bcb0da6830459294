"""Ports: what the domain needs from outside, as Protocols; the server fulfils them."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from foredesk.database import Writes

# --- The knowledge index -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a search is made: decides which articles it can find at all.

    `organization_ids` are those whose own articles the reader may see, `team_ids` the teams;
    `is_agent` opens articles for agents.
    """

    organization_ids: frozenset[UUID] = frozenset()
    is_agent: bool = False
    team_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What somebody knows of one language: groups of words that stand for one another, and words
    that say nothing in a question. A question of nothing but stop words keeps them."""

    language: str
    synonyms: tuple[tuple[str, ...], ...] = ()
    stop_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """`text` is what the person typed, verbatim; `prefix` says that they may still be typing.

    `locale` is preferred; with `language` nothing else is found. `facets` asks for counts.
    """

    text: str
    locale: str
    reader: Reader = field(default_factory=Reader)
    limit: int = 10
    offset: int = 0
    prefix: bool = False
    section: str | None = None
    synonyms: tuple[tuple[str, str, float], ...] = ()
    """Extra terms of plugins: (term, alternative, weight between 0 and 1)."""
    language: str | None = None
    service: UUID | None = None
    words: tuple[SearchWords, ...] = ()
    """Words of the searcher's organization and of everybody, language by language."""
    facets: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """`excerpt` is escaped HTML with the matched words in mark elements.

    `score` compares within one result only.
    """

    article_id: UUID
    revision: int
    score: float
    excerpt: str


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many would be found with this section, language or service (its id)."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What a search can be narrowed or turned to, the most frequent first.

    Each is counted as if nothing were chosen of its own kind. `languages` are those of articles,
    whichever answered.
    """

    sections: tuple[FacetCount, ...] = ()
    languages: tuple[FacetCount, ...] = ()
    services: tuple[FacetCount, ...] = ()


NO_FACETS = Facets()


@dataclass(frozen=True, slots=True)
class SearchResult:
    hits: tuple[Hit, ...] = ()
    total: int = 0
    did_you_mean: str | None = None
    facets: Facets = NO_FACETS


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A published article as the index takes it in.

    `audience` is `public`, `organization`, `group` (the members of the team) or `agents`.
    """

    article_id: UUID
    revision: int
    locale: str
    audience: str
    organization_id: UUID | None
    section: str
    tags: tuple[str, ...]
    title: str
    headings: tuple[str, ...]
    body: str
    """Plain text, no markup."""
    asked_as: tuple[str, ...]
    """Subjects of past requests that this article answered."""
    team_id: UUID | None = None
    service_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One entry of the change feed: the article is to be read anew. Revisions only grow."""

    revision: int
    article_id: UUID


class ArticleFeed(Protocol):
    """What the index follows: a log of changes in the database, and the articles themselves."""

    async def latest_revision(self) -> int:
        """The newest revision; 0 when nothing was ever published."""
        ...

    async def changes_after(self, revision: int, *, limit: int) -> Sequence[ArticleChange]:
        """Changes with a higher revision, oldest first."""
        ...

    async def documents(self, article_ids: Sequence[UUID]) -> Sequence[IndexDocument]:
        """Those of the articles that are to be found; one that is absent is to be removed."""
        ...

    def every_document(self) -> AsyncIterator[Sequence[IndexDocument]]:
        """All articles that are to be found, in batches, for a rebuild."""
        ...


class KnowledgeIndex(Protocol):
    async def search(self, query: SearchQuery) -> SearchResult:
        """Rank what the reader may find. Never raises for any text, never blocks the loop."""
        ...

    async def catch_up(self) -> int:
        """Take in and show every change the feed has now; returns the revision reached."""
        ...

    async def rebuild(self) -> int:
        """Build a new index from the feed and switch to it; returns the number of articles."""
        ...

    def status(self) -> Mapping[str, Any]:
        """For health checks: revision, documents, generation, directory."""
        ...


# --- Plugins -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one plugin made of one call: a value, or the kind of its failure.

    `error` is None, `raised`, `timeout`, `wrong_type` or `open` (its breaker kept it out).
    """

    plugin: str
    value: Any = None
    error: str | None = None
    detail: str = ""
    milliseconds: float = 0.0

    @property
    def is_paused(self) -> bool:
        """Its breaker kept it out: it was not asked at all, and may be in a while."""
        return self.error == "open"


@dataclass(frozen=True, slots=True)
class PluginChoice:
    """What one organization chose about one plugin."""

    organization_id: UUID
    plugin: str
    enabled: bool
    config: Mapping[str, Any]


class Hooks(Protocol):
    """The plugin host. No call raises because of a plugin, and none outlasts its hook's budget."""

    def adopt(self, choices: Iterable[PluginChoice]) -> None:
        """Take in what organizations chose; unchosen plugins are on unless they need settings."""
        ...

    async def check_config(
        self, plugin: str, organization_id: UUID, config: Mapping[str, Any]
    ) -> Sequence[tuple[str, str]]:
        """What is wrong with settings before they are saved: pairs of field and message."""
        ...

    async def collect(
        self, hook: str, organization_id: UUID | None, **facts: Any
    ) -> tuple[Outcome, ...]:
        """Ask every enabled plugin at once; outcomes in their order, None answers left out."""
        ...

    def at_hand(
        self, hook: str, organization_id: UUID | None, **facts: Any
    ) -> tuple[Outcome, ...] | None:
        """What `collect` would give, where only the desk's own plugins take part and know it now.

        None where somebody has to be asked. A ticket that is not stored yet has no number.
        """
        ...

    async def first(self, hook: str, organization_id: UUID | None, **facts: Any) -> Outcome | None:
        """Ask in order until one answers."""
        ...

    async def fold(
        self, hook: str, organization_id: UUID | None, value: Any, **facts: Any
    ) -> tuple[Any, tuple[Outcome, ...]]:
        """Hand the value from plugin to plugin; one that fails is passed over."""
        ...

    def listeners(self, hook: str, organization_id: UUID | None) -> tuple[str, ...]:
        """Names of the enabled plugins that implement the hook."""
        ...

    async def deliver(
        self, hook: str, plugin: str, organization_id: UUID | None, **facts: Any
    ) -> Outcome:
        """Call one plugin's event hook; the caller repeats it when the outcome has an error."""
        ...

    def report(self) -> Sequence[Mapping[str, Any]]:
        """Every known plugin: name, version, state, reason, api, source, hooks and counters."""
        ...


# --- Background work, mail, live updates ---------------------------------------------------------


class Jobs(Protocol):
    async def enqueue(
        self,
        name: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        delay: timedelta = timedelta(0),
        along_with: Writes | None = None,
    ) -> None:
        """Queue work in the caller's transaction: committed with it, or never there.

        It runs at least once, after the commit. `payload` is JSON. Of two waiting jobs with one
        `key` only the first is kept. `along_with` are writes that it is to be sent with.
        """
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    """`key` names the occasion: however often it is sent, one mail leaves with one Message-ID."""

    key: str
    to: str
    subject: str
    text: str
    locale: str = "en"


class Mailer(Protocol):
    async def send(self, mail: Mail) -> None:
        """Put a mail into the outbox in the caller's transaction; it leaves after the commit."""
        ...


class MailTransport(Protocol):
    async def deliver(self, mail: Mail, message_id: str) -> None:
        """Hand the mail to the outside. Raises OSError when it should be tried again."""
        ...


@dataclass(frozen=True, slots=True)
class Notice:
    """A hint that something changed: ids only, so that its hearer reads through the policy.

    `after` is the version before, where there was one; `client` the program that caused it, which
    need not be told. `kind` `resync` tells listeners that notices may have been lost; its version
    is the same for all who lost the same, and 0 for one who was too slow.
    """

    topic: str
    id: str
    version: int
    kind: str = "changed"
    after: int | None = None
    client: str = ""


class Listener(Protocol):
    """An async iterator of notices."""

    def __aiter__(self) -> "Listener": ...

    async def __anext__(self) -> Notice: ...

    def waiting(self) -> Sequence[Notice]:
        """Take those that have come already, without waiting for more."""
        ...

    async def aclose(self) -> None: ...


class Live(Protocol):
    async def publish(
        self, topic: str, id: str, version: int, *, after: int | None = None, client: str = ""
    ) -> None:
        """Tell all listeners in all processes; call it after the commit."""
        ...

    def listen(self, topic: str) -> Listener:
        """Notices from now on; a slow listener gets a `resync` in place of what it missed."""
        ...


PAUSED_FOR = timedelta(minutes=1)
"""After so long a paused plugin is tried again; that it was paused costs its event no try."""


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a handler knows of its run: `attempt` counts from 0, `key` is stable over repeats."""

    key: str
    attempt: int
    enqueued_at: datetime
