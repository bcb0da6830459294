"""A real server process with a furnished desk, for tests that drive a browser.

`python -m tests.portal.server FOLDER PORT` prints the numbers of the requests and a survey's secret
when it is ready. Its clock stands still at NOW.
"""

import asyncio
import json
import random
import sys
from datetime import timedelta
from pathlib import Path

import uvicorn

from foredesk.at_work import running
from foredesk.composition import open_desk
from foredesk.database.migrate import migrate
from foredesk.logs import configure_logs
from foredesk.providers import read_providers
from foredesk.server import build_app
from foredesk.settings import Settings
from tests.clock import NOW, Clock
from tests.databases import FAST_SQLITE
from tests.portal.articles_at_work import furnish_articles
from tests.portal.furnished import furnish, furnish_outage, furnish_requests, invite

SILENT = read_providers(
    {
        "acme": {
            "issuer": "http://127.0.0.1:9",
            "name": "Acme",
            "client_id": "desk",
            "organization": "acme",
        }
    }
)
"""An identity provider that nobody runs."""


async def serve(folder: Path, port: int) -> None:
    url = f"sqlite:///{folder / 'foredesk.sqlite3'}{FAST_SQLITE}"
    settings = Settings(
        data_dir=folder, database_url=url, port=port, log_level="WARNING", oidc=SILENT
    )
    configure_logs(settings)
    await migrate(url)
    clock = Clock(NOW - timedelta(days=3))
    async with open_desk(settings, now=clock, chance=random.Random(7)) as parts:
        site = await furnish(parts.desk)
        requests = await furnish_requests(site, clock)
        await furnish_articles(site)
        told: dict[str, object] = {name: ticket.number for name, ticket in requests.items()}
        told["outage"] = (await furnish_outage(site)).number
        told["survey"] = await invite(site, requests["closed"])
        async with running(parts):
            config = uvicorn.Config(build_app(parts), port=port, log_config=None, lifespan="off")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve())
            while not server.started:
                await asyncio.sleep(0.02)
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
            await serving


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
