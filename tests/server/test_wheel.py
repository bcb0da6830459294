"""The built wheel, installed into an environment that has never seen the tree."""

import subprocess
import sys
import sysconfig
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks.server_process import ServerProcess, serving

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; its dependencies are those of the tests' environment."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    site = next((folder / "lib").glob("python*/site-packages"))
    shared = _without_the_tree(folder, Path(sysconfig.get_path("purelib")))
    (site / "shared.pth").write_text(f"{shared}\n")
    return python


def _without_the_tree(folder: Path, purelib: Path) -> Path:
    """The installed dependencies, but not the editable installation of the tree."""
    shared = folder / "dependencies"
    shared.mkdir()
    for entry in purelib.iterdir():
        if "foredesk" not in entry.name and entry.suffix != ".pth":
            (shared / entry.name).symlink_to(entry)
    return shared


def test_a_wheel_adds_only_foredesk(python: Path) -> None:
    site = next((python.parents[1] / "lib").glob("python*/site-packages"))

    added = {entry.name for entry in site.iterdir() if "dist-info" not in entry.name}

    assert added - {"pip", "setuptools", "_distutils_hack", "distutils-precedence.pth"} == {
        "foredesk",
        "shared.pth",
        *({"pkg_resources"} & added),
    }
    parts = {entry.name for entry in (site / "foredesk" / "parts").iterdir()}
    assert parts == {"api", "portal", "plugins", "search_index"}


def test_a_wheel_serves_a_page_and_the_api(python: Path, tmp_path: Path) -> None:
    command = (str(python.parent / "foredesk"), "serve")

    with serving(ServerProcess(tmp_path, command=command)) as server:
        with urlopen(f"{server.address}/search?q=vpn") as page:
            assert page.status == 200
            assert b"<h1>" in page.read()
        with urlopen(f"{server.address}/graphql/schema.graphql") as schema:
            assert b"type Query" in schema.read()


def test_the_installed_command_knows_its_plugins(python: Path, tmp_path: Path) -> None:
    listed = subprocess.run(
        [str(python.parent / "foredesk"), "plugins"], cwd=tmp_path, capture_output=True, text=True
    )

    assert listed.returncode == 0, listed.stderr
    assert "naive-bayes" in listed.stdout


def test_the_server_can_be_imported_without_the_command(python: Path, tmp_path: Path) -> None:
    code = "from foredesk.server import build_app; print(build_app.__name__)"

    imported = subprocess.run(
        [str(python), "-c", code], cwd=tmp_path, capture_output=True, text=True
    )

    assert imported.stdout == "build_app\n", imported.stderr
