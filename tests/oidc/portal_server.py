"""A real server process whose people sign in at an identity server, at the time of today.

`python -m tests.oidc.portal_server FOLDER PORT ISSUER` prints a line when it is ready.
"""

import asyncio
import sys
from pathlib import Path

import uvicorn

from foredesk.at_work import running
from foredesk.composition import open_desk
from foredesk.database.migrate import migrate
from foredesk.logs import configure_logs
from foredesk.providers import read_providers
from foredesk.server import build_app
from foredesk.settings import Settings
from tests.databases import FAST_SQLITE
from tests.people import make_organization


async def serve(folder: Path, port: int, issuer: str) -> None:
    url = f"sqlite:///{folder / 'foredesk.sqlite3'}{FAST_SQLITE}"
    provider = {
        "issuer": issuer,
        "name": "Acme",
        "client_id": "desk",
        "client_secret": "a secret of the desk",
        "organization": "acme",
    }
    settings = Settings(
        data_dir=folder,
        database_url=url,
        port=port,
        log_level="WARNING",
        password_sign_in="off",
        oidc=read_providers({"acme": provider}),
    )
    configure_logs(settings)
    await migrate(url)
    async with open_desk(settings) as parts:
        await make_organization(parts.desk, "acme")
        async with running(parts):
            config = uvicorn.Config(build_app(parts), port=port, log_config=None, lifespan="off")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve())
            while not server.started:
                await asyncio.sleep(0.02)
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await serving


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
