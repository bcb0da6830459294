"""Which engines there are, by the names that a setting gives them."""

from pathlib import Path

from foredesk.ports import ArticleFeed
from foredesk.settings import SettingsError
from search_index.engine import Engine
from search_index.index import LocalIndex
from search_index.store import Store
from search_index.whoosh_engine import WHOOSH

ENGINES = ("whoosh", "tantivy")


class EngineMissing(SettingsError):
    """The engine that is asked for is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The search engine {name!r} is not installed. Run: pip install 'foredesk[{name}]'"
        )


def index_on(engine: str, feed: ArticleFeed, directory: Path) -> LocalIndex:
    """Raises EngineMissing."""
    return LocalIndex(feed, directory, _engine(engine))


def store_of(engine: str, directory: Path) -> Store | None:
    """What lies there and can be used by the engine. Raises EngineMissing."""
    return Store.current(directory, _engine(engine))


def _engine(name: str) -> Engine:
    if name == WHOOSH.name:
        return WHOOSH
    try:
        from search_index.tantivy_engine import TANTIVY
    except ImportError as missing:
        raise EngineMissing(name) from missing
    return TANTIVY
