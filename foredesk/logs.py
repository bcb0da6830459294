"""Logs: one structured line per event, with the id of the request it belongs to."""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import orjson
import structlog

from foredesk.settings import Settings


def configure_logs(settings: Settings) -> None:
    """JSON lines on standard error, or readable ones on a terminal."""
    plain = settings.log_format == "console" or (
        settings.log_format == "auto" and sys.stderr.isatty()
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    final: Any = _readable() if plain else _json
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_color,
                *([] if plain else [structlog.processors.format_exc_info]),
                final,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for noisy in ("tortoise", "aiosqlite", "pgqueuer", "asyncio", "watchfiles"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))


def _readable() -> structlog.dev.ConsoleRenderer:
    """With plain tracebacks: others show every variable, passwords among them."""
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


def _without_color(logger: Any, name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """uvicorn says everything twice, the second time with escape codes."""
    event.pop("color_message", None)
    return event


def _json(logger: Any, name: str, event: dict[str, Any]) -> str:
    return orjson.dumps(event, default=repr).decode()
