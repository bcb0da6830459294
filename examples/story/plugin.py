"""The example plugin, installed where only the story's server sees it."""

import os
import subprocess
import sys
from pathlib import Path

PLUGIN = Path(__file__).parents[1] / "vpn-categorizer"


def install_plugin(folder: Path) -> dict[str, str]:
    """Install it as a partner's customer would; returns the environment of a server with it."""
    target = folder / "plugins"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--no-build-isolation", "--no-index", "--target", str(target)),
            str(PLUGIN),
        ],
        check=True,
    )
    search = [str(target), os.environ.get("PYTHONPATH", "")]
    return {"PYTHONPATH": os.pathsep.join(part for part in search if part)}
