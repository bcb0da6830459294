"""Health: whether the process lives, and whether it can do its work."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from foredesk.desk import Desk
from foredesk.jobs import PgQueuerJobs
from foredesk.people.models import Organization

SECONDS = 3.0


def routes(desk: Desk, jobs: PgQueuerJobs) -> list[BaseRoute]:
    async def live(request: Request) -> Response:
        """The event loop answers: nothing else is asked, so that a slow database kills nobody."""
        return JSONResponse({"status": "ok"})

    async def ready(request: Request) -> Response:
        """200 when every part answers within three seconds, 503 with its name when one does not."""
        checks = {
            "database": await _checked(_database),
            "jobs": await _checked(lambda: _jobs(jobs)),
            "index": dict(desk.knowledge.status()),
        }
        failed = [name for name, found in checks.items() if "error" in found]
        status = "unavailable" if failed else "ok"
        return JSONResponse({"status": status, **checks}, status_code=503 if failed else 200)

    return [Route("/healthz", live), Route("/readyz", ready)]


async def _checked(check: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    try:
        async with asyncio.timeout(SECONDS):
            return await check()
    except Exception as problem:
        return {"error": type(problem).__name__}


async def _database() -> dict[str, Any]:
    await Organization.exists()
    return {}


async def _jobs(jobs: PgQueuerJobs) -> dict[str, Any]:
    """Without a worker requests are answered all the same: jobs wait, and nothing is lost."""
    return {**await jobs.counts(), "due": await jobs.due(), "workers": await jobs.workers()}
