"""Settings: one frozen value, read once from FOREDESK_* and foredesk.toml."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from foredesk.providers import Provider, read_providers


class SettingsError(Exception):
    """A setting is unknown or has a value it cannot have; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where each value comes from: the default here, then foredesk.toml, then FOREDESK_<NAME>."""

    data_dir: Path = Path("var")
    """Folder for everything the server keeps on this machine: database, index, lock."""
    database_url: str = ""
    """`sqlite:///path` or `postgresql://user:password@host/name`; SQLite in data_dir if empty."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 8000
    """Port to listen on."""
    public_url: str = ""
    """Address that people use, for links in mail; http://host:port if empty."""
    environment: str = "development"
    """`development` shows the GraphQL IDE; `production` demands secure cookies."""
    load_plugins: str = "*"
    """Names of the plugins to load, separated by commas; `*` for all, empty for none."""
    required_plugins: str = ""
    """Names of plugins without which the server does not start, separated by commas."""
    plugins_dir: str = ""
    """Folder of single-file plugins; none if empty."""
    allowed_origins: str = ""
    """Other origins that may call the API from a browser, separated by commas."""
    api_rate: int = 4000
    """Cost per second that one person may ask of the API, after ten seconds' worth; 0: no limit."""
    api_rate_anonymous: int = 200
    """The same for each network address of people who are not signed in."""
    api_anonymous_connections: int = 100
    """Sockets and event streams that one address may hold open without signing in; 0: no limit."""
    trusted_documents: str = "off"
    """`off`, `optional`, or `only`: whether clients may, or must, call published operations."""
    trusted_documents_file: str = ""
    """Manifest of the published operations, as GraphQL codegen, Relay or Apollo write it."""
    graphql_over_http: str = "stable"
    """`stable`, or `draft` for status 422 and 294 as the specification of August 2026 has them."""
    graphql_plans: str = "full"
    """`full`, `level1`, or `off`: how much of a read is compiled; `off` to look for a mistake."""
    search_engine: str = "whoosh"
    """`whoosh`, or `tantivy` for many articles: what keeps the knowledge index."""
    worker_processes: int = 1
    """Processes for jobs that `serve` starts on PostgreSQL; 0: none, `foredesk work` is run."""
    log_level: str = "INFO"
    """DEBUG, INFO, WARNING or ERROR."""
    log_format: str = "auto"
    """`json`, `console`, or `auto`: console on a terminal, JSON elsewhere."""
    session_idle_hours: int = 8
    """Hours without use after which a portal session ends."""
    session_days: int = 7
    """Days after which a portal session ends in any case."""
    password_sign_in: str = "on"
    """`on`, or `off` where people sign in by an identity provider only."""
    oidc: tuple[Provider, ...] = ()
    """Identity providers: tables `[oidc.<key>]`, or `FOREDESK_OIDC_<KEY>_<NAME>`; see below."""
    close_after_days: int = 5
    """Days after which a resolved request closes if the requester stays silent."""
    reopen_within_days: int = 14
    """Days after closing in which a request can be reopened."""
    searchers_kept_days: int = 180
    """Days after which it is forgotten who searched, rated and asked in which words; 0: never."""
    mail_from: str = "help@foredesk.example"
    """Sender of outgoing mail."""
    smtp_url: str = ""
    """`smtp://user:password@host:port`; mail stays in the outbox if empty."""
    phone: str = "+44 1632 960 960"
    """Number that the portal's footer tells people to call when it is urgent."""

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None, file: Path | None = None) -> Self:
        """Raises SettingsError for an unknown name or an impossible value."""
        environ = os.environ if environ is None else environ
        file = file or Path(environ.get("FOREDESK_CONFIG", "foredesk.toml"))
        values = _merged(_from_file(file), _from_environment(environ))
        known = {field.name: field.type for field in fields(cls)}
        for name in values:
            if name not in known:
                raise SettingsError(
                    f"unknown setting {name!r}; known are {', '.join(sorted(known))}"
                )
        return cls(**{name: _converted(name, known[name], value) for name, value in values.items()})

    @property
    def takes_passwords(self) -> bool:
        return self.password_sign_in != "off"

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'foredesk.sqlite3'}"

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite:")

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def address(self) -> str:
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


_CALLED = {int: "whole number", Path: "path"}
_CHOICES = {
    "password_sign_in": ("on", "off"),
    "graphql_plans": ("full", "level1", "off"),
    "search_engine": ("whoosh", "tantivy"),
    "trusted_documents": ("off", "optional", "only"),
    "graphql_over_http": ("stable", "draft"),
}
_OTHER_VARIABLES = {"config", "fault"}


def _from_file(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingsError(f"{file}: {problem}") from problem


def _merged(file: dict[str, Any], environment: dict[str, Any]) -> dict[str, Any]:
    """A variable beats the file, for each value of an identity provider, too."""
    tables, named = file.get("oidc", {}), environment.pop("oidc", {})
    if named and isinstance(tables, dict):
        keys = {**tables, **named}
        environment["oidc"] = {key: tables.get(key, {}) | named.get(key, {}) for key in keys}
    return file | environment


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    prefix = "FOREDESK_"
    named = {
        key[len(prefix) :].lower(): value
        for key, value in environ.items()
        if key.startswith(prefix)
    }
    values: dict[str, Any] = {
        name: value
        for name, value in named.items()
        if name not in _OTHER_VARIABLES and not name.startswith(("test_", "oidc_"))
    }
    for name, value in named.items():
        if name.startswith("oidc_"):
            key, _, detail = name.removeprefix("oidc_").partition("_")
            values.setdefault("oidc", {}).setdefault(key, {})[detail] = value
    return values


def _converted(name: str, type_: Any, value: Any) -> Any:
    if name == "oidc":
        return _providers(value)
    if name in _CHOICES and value not in _CHOICES[name]:
        raise SettingsError(f"setting {name!r} must be {_either(name)}, not {value!r}")
    try:
        if type_ is int:
            return int(value)
        if type_ is Path:
            return Path(value)
    except (TypeError, ValueError) as problem:
        raise SettingsError(
            f"setting {name!r} must be a {_CALLED[type_]}, not {value!r}"
        ) from problem
    return str(value)


def _either(name: str) -> str:
    *others, last = _CHOICES[name]
    return f"{', '.join(others)} or {last}"


def _providers(value: Any) -> tuple[Provider, ...]:
    try:
        return read_providers(value)
    except ValueError as problem:
        raise SettingsError(str(problem)) from problem
