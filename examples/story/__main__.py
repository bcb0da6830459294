"""python -m examples.story: set the stage in a temporary folder, start a server, tell the story."""

import asyncio
import tempfile
from pathlib import Path

from benchmarks.server_process import ServerProcess, serving
from examples.story.plugin import install_plugin
from examples.story.stage import set_stage
from examples.story.tell import tell
from foredesk.settings import Settings


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        stage = asyncio.run(set_stage(Settings(data_dir=data_dir)))
        with serving(ServerProcess(data_dir, environ=install_plugin(data_dir))) as server:
            tell(server.address, stage.tokens, print)
    print("All as told.")


if __name__ == "__main__":
    main()
