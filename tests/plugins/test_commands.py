"""What partners type: foredesk plugins, plugin new, plugin check."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from foredesk.commands import plugins

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "vpn-categorizer"
run = CliRunner()


def invoke(app: Any, *arguments: str) -> tuple[int, str]:
    result = run.invoke(app, list(arguments))
    return result.exit_code, result.output


def in_folder(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_built_in_plugins_are_listed() -> None:
    code, output = invoke(plugins.app)

    assert code == 0
    assert [line.split()[0] for line in output.splitlines()][:2] == [
        "naive-bayes",
        "priority-words",
    ]


def test_a_refused_plugin_is_listed_with_its_reason_and_shows_in_the_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.py").write_text("import a_module_that_is_not_there\n")
    monkeypatch.setenv("FOREDESK_PLUGINS_DIR", str(tmp_path))

    code, output = invoke(plugins.app, "--json")

    assert code == 1
    broken = next(plugin for plugin in json.loads(output) if plugin["name"] == "broken")
    assert broken["state"] == "refused"
    assert broken["reason"].endswith("No module named 'a_module_that_is_not_there'")
    assert invoke(plugins.app)[0] == 1


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOREDESK_PLUGIN_DIR", "x")

    code, output = invoke(plugins.app)

    assert code == 2
    assert "unknown setting 'plugin_dir'" in output


def test_a_new_plugin_works_and_its_tests_pass(tmp_path: Path) -> None:
    code, output = invoke(plugins.author, "new", "tea-time", "--directory", str(tmp_path))
    folder = tmp_path / "foredesk-tea-time"

    assert code == 0
    assert f"{folder} is ready" in output
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [
        "README.md",
        "foredesk_tea_time.py",
        "pyproject.toml",
        "test_foredesk_tea_time.py",
    ]
    tests = in_folder(folder, "-m", "pytest", "-q")
    assert "4 passed" in tests.stdout, tests.stdout + tests.stderr
    checked = in_folder(folder, "-m", "foredesk.commands.plugin_check", "foredesk_tea_time")
    assert json.loads(checked.stdout)["accepted"] is True


@pytest.mark.parametrize("name", ["", "Tea", "tea_time", "a--b", "3d", "x" * 51, "class", "-x"])
def test_a_plugin_cannot_be_called_that(name: str, tmp_path: Path) -> None:
    code, _ = invoke(plugins.author, "new", "--directory", str(tmp_path), "--", name)

    assert code == 2
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "foredesk-tea").mkdir()

    code, output = invoke(plugins.author, "new", "tea", "--directory", str(tmp_path))

    assert (code, list((tmp_path / "foredesk-tea").iterdir())) == (2, [])
    assert "exists already" in output


def test_a_good_plugin_is_checked_hook_by_hook() -> None:
    code, output = invoke(plugins.author, "check", str(EXAMPLE / "foredesk_vpn_categorizer.py"))

    assert code == 0
    hooks = [line.split(": ")[1:3] for line in output.splitlines()]
    assert [hook for hook, _ in hooks] == ["suggest_category", "expand_terms"]
    assert all(verdict.startswith("ok, ") for _, verdict in hooks)


def test_a_plugin_of_this_folder_is_checked_without_naming_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[project.entry-points.foredesk]\nnot-installed = 'nowhere'\n"
    )
    monkeypatch.chdir(tmp_path)

    code, output = invoke(plugins.author, "check")

    assert code == 1
    assert output == "not-installed: No module named 'not-installed': is it installed?\n"


def test_without_a_plugin_there_is_nothing_to_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert invoke(plugins.author, "check")[0] == 2


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise SystemExit(0)", "SystemExit(0)"),
        ("import os; os._exit(0)", "ended the check itself, with 0"),
        ("while True: pass", "did not end within 3 s"),
        ("x = 1", "has no attribute 'plugin'"),
        (
            "from foredesk.hooks import *\nplugin = PluginInfo('bad')\n"
            "@hookimpl\ndef suggest_category(ticket): return ticket.subject[0]\n",
            "with empty: raised: IndexError: string index out of range",
        ),
    ],
    ids=["leaves", "dies", "hangs", "no plugin", "breaks its contract"],
)
def test_a_bad_plugin_fails_the_check_and_not_the_checker(
    code: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.py").write_text(code)

    status, output = invoke(plugins.author, "check", str(tmp_path / "bad.py"), "--seconds", "3")

    assert status == 1
    assert said in output


@pytest.mark.process
def test_the_example_installs_by_itself_and_its_tests_pass(tmp_path: Path) -> None:
    install = ("pip", "install", "--no-build-isolation", "--no-deps", "--no-index", "--quiet")
    installed = in_folder(tmp_path, "-m", *install, "--target", str(tmp_path), str(EXAMPLE))
    assert installed.returncode == 0, installed.stderr

    script = "from foredesk.commands.plugins import app; app()"
    listed = in_folder(tmp_path, "-c", script, "--json")
    found = {plugin["name"]: plugin for plugin in json.loads(listed.stdout)}
    assert found["vpn-categorizer"]["state"] == "loaded"
    assert found["vpn-categorizer"]["version"] == "1.0.0"
    assert found["vpn-categorizer"]["source"] == "distribution foredesk-vpn-categorizer"
    tests = in_folder(tmp_path, "-m", "pytest", "-q", str(EXAMPLE / "tests"))
    assert "12 passed" in tests.stdout, tests.stdout + tests.stderr
