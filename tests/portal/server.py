"""A real server process with a furnished desk, for tests that drive a browser.

`python -m tests.portal.server FOLDER PORT` prints the numbers of the requests and a survey's secret
when it is ready.
"""

import asyncio
import json
import random
import sys
from datetime import timedelta
from pathlib import Path

import uvicorn

from foredesk.database import connect, disconnect
from foredesk.desk import Desk
from foredesk.settings import Settings
from portal.app import create
from tests.clock import NOW, Clock
from tests.databases import FAST_SQLITE
from tests.databases import _make_schema as make_schema
from tests.portal.furnished import furnish, furnish_requests, invite
from tests.quiet_parts import NoHooks, NoIndex, QuietJobs, QuietLive, QuietMailer


async def serve(folder: Path, port: int) -> None:
    url = f"sqlite:///{folder / 'foredesk.sqlite3'}{FAST_SQLITE}"
    await make_schema(url)
    await connect(url)
    clock = Clock(NOW - timedelta(days=3))
    desk = Desk(
        now=clock,
        random=random.Random(7),
        hooks=NoHooks(),
        knowledge=NoIndex(),
        jobs=QuietJobs(),
        mailer=QuietMailer(),
        live=QuietLive(),
        settings=Settings(data_dir=folder, database_url=url, port=port),
    )
    site = await furnish(desk, folder / "index")
    requests = await furnish_requests(site, clock)
    told = {name: ticket.number for name, ticket in requests.items()}
    told["survey"] = await invite(site, requests["closed"])
    config = uvicorn.Config(create(site.desk), port=port, log_level="warning")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    await serving
    await disconnect()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
