"""`foredesk import` as people call it: a process of its own, its exit code and what it prints."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

TREE = Path(__file__).parent / "tree"
pytestmark = pytest.mark.process


class Desk:
    """An installation in a folder, on SQLite."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = os.environ | {
            "FOREDESK_DATA_DIR": str(folder / "var"),
            "FOREDESK_CONFIG": str(folder / "none.toml"),
        }
        self.environ.pop("FOREDESK_DATABASE_URL", None)
        assert self.run("migrate").returncode == 0

    def run(self, *words: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "foredesk", *map(str, words)],
            env=self.environ | environ,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("installation"))


def test_a_folder_is_imported_and_said_so(desk: Desk) -> None:
    first = desk.run("import", "knowledge", TREE, "--name", "first")
    second = desk.run("import", "knowledge", TREE, "--name", "first")

    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines() == [
        "de: 2 added",
        "en: 4 added",
        "ja: 1 added",
        "ru: 1 added",
        "8 of 8 articles are here, 0 were refused.",
        "note en/printing/offline.md:36: leads to nothing that was imported: /nothing/here",
    ]
    assert second.returncode == 0
    assert "de: 2 unchanged" in second.stdout
    assert "\x1b" not in first.stderr, "no progress bar where there is no terminal"


def test_an_import_may_be_the_first_thing_that_an_installation_does(
    desk: Desk, tmp_path: Path
) -> None:
    var = {"FOREDESK_DATA_DIR": str(tmp_path / "not" / "there")}

    first = desk.run("import", "knowledge", TREE, **var)
    doctor = desk.run("doctor", **var)

    assert (first.returncode, doctor.returncode) == (0, 0), first.stderr + doctor.stderr
    assert "8 of 8 articles are here, 0 were refused." in first.stdout


def test_what_was_refused_is_listed_and_the_exit_code_tells(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# Good\n\nText.\n")
    (tmp_path / "bad.md").write_text("---\ntitle: [\n---\n\nText.\n")

    outcome = desk.run("import", "knowledge", tmp_path, "--name", "second")

    assert outcome.returncode == 1
    assert "1 of 2 articles are here, 1 were refused." in outcome.stdout
    assert "refused bad.md:" in outcome.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("import", "knowledge", "/nowhere"),
        ("import", "tickets", "/nowhere.csv", "--map", "/nowhere.toml"),
        ("import", "tickets", "/nowhere.csv"),
    ],
    ids=str,
)
def test_a_call_that_makes_no_sense_exits_with_two(
    desk: Desk, words: tuple[str | Path, ...]
) -> None:
    outcome = desk.run(*words)

    assert outcome.returncode == 2
    assert "Traceback" not in outcome.stderr


def test_requests_are_imported_after_a_dry_run(desk: Desk, tmp_path: Path) -> None:
    table, map_file = tmp_path / "old.csv", tmp_path / "map.toml"
    table.write_text("id,what,who\n1,Printer,ada@old.example\n2,,ada@old.example\n")
    map_file.write_text(
        'name = "old"\norganization = "old"\n[requester]\nemail = "who"\n'
        '[fields]\nexternal_key = "id"\nsubject = "what"\n'
    )

    dry = desk.run("import", "tickets", table, "--map", map_file, "--dry-run")
    real = desk.run("import", "tickets", table, "--map", map_file)

    assert (dry.returncode, real.returncode) == (1, 1)
    assert "Dry run: nothing was stored." in dry.stdout
    for outcome in (dry, real):
        assert "old.csv: 1 added" in outcome.stdout
        assert "refused old.csv:3: subject: The subject is blank." in outcome.stdout


def test_a_bar_shows_how_far_it_is_on_a_terminal(desk: Desk) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "foredesk", "import", "knowledge", str(TREE), "--name", "third"],
        env=desk.environ | {"TERM": "xterm", "COLUMNS": "120"},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
    os.close(ours)

    assert process.returncode == 0
    assert b"100%" in shown


def test_an_import_that_was_killed_is_finished_by_the_next(desk: Desk, tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number:03}.md").write_text(f"# Article {number}\n\nText.\n")

    killed = desk.run(
        "import", "knowledge", tmp_path, "--name", "k", FOREDESK_FAULT="after-commit:2"
    )
    finished = desk.run("import", "knowledge", tmp_path, "--name", "k")
    again = desk.run("import", "knowledge", tmp_path, "--name", "k")

    assert killed.returncode == -9
    assert finished.returncode == 0, finished.stderr
    assert "en: 20 added, 100 unchanged" in finished.stdout
    assert "en: 120 unchanged" in again.stdout
