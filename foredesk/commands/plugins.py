"""foredesk plugins: what is installed. foredesk plugin: what authors need."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from foredesk.commands.scaffold import UnusableName, scaffold_plugin
from foredesk.settings import Settings, SettingsError
from plugins.discovery import discover
from plugins.host import PluginHost

app = typer.Typer(invoke_without_command=True)
author = typer.Typer(no_args_is_help=True)

UNUSABLE = 2


@app.callback()
def list_plugins(
    as_json: Annotated[bool, typer.Option("--json", help="Everything known, as JSON.")] = False,
) -> None:
    """List the plugins that a server with these settings would load.

    Exits with 1 when one is refused.
    """
    host = PluginHost(now=lambda: datetime.now(UTC))
    host.load(discover(_settings()))
    report = host.report()
    if as_json:
        typer.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for plugin in report:
            typer.echo(_line(plugin))
    if any(plugin["state"] == "refused" for plugin in report):
        raise typer.Exit(1)


@author.command()
def new(
    name: Annotated[str, typer.Argument(help="For example vpn-categorizer.")],
    directory: Annotated[Path, typer.Option(help="Where to put its folder.")] = Path(),
) -> None:
    """Write a new plugin: a working hook, and tests that pass."""
    try:
        folder = scaffold_plugin(name, directory)
    except UnusableName as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(UNUSABLE) from problem
    steps = ("cd " + str(folder), "pip install -e '.[test]'", "pytest", "foredesk plugin check")
    typer.echo(f"{folder} is ready. Next:\n  " + "\n  ".join(steps))


@author.command()
def check(
    target: Annotated[
        str,
        typer.Argument(help="A name, file or module; the plugins of ./pyproject.toml if left out."),
    ] = "",
    config: Annotated[str, typer.Option(help="Its settings, as JSON.")] = "{}",
    seconds: Annotated[float, typer.Option(help="How long the check may take.")] = 60.0,
) -> None:
    """Load a plugin in a process of its own and call its hooks with awkward facts.

    Exits with 1 when it is refused or breaks a contract.
    """
    targets = [target] if target else _own_plugins()
    if not targets:
        typer.echo("Name a plugin, or run this where its pyproject.toml is.", err=True)
        raise typer.Exit(UNUSABLE)
    verdicts = [_checked(each, config, seconds) for each in targets]
    if not all(verdicts):
        raise typer.Exit(1)


def _settings() -> Settings:
    try:
        return Settings.read()
    except SettingsError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(UNUSABLE) from problem


def _line(plugin: Mapping[str, Any]) -> str:
    hooks = ", ".join(hook["name"] for hook in plugin["hooks"])
    columns = f"{plugin['name']:<24} {plugin['version']:<10} {plugin['state']:<8}"
    return f"{columns} {plugin['reason'] or hooks}"


def _own_plugins() -> list[str]:
    """The names under which the distribution in this folder installs plugins."""
    file = Path("pyproject.toml")
    if not file.exists():
        return []
    project = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
    return sorted(project.get("entry-points", {}).get("foredesk", {}))


def _checked(target: str, config: str, seconds: float) -> bool:
    command = [sys.executable, "-m", "foredesk.commands.plugin_check", target, config]
    try:
        child = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        typer.echo(f"{target}: did not end within {seconds:g} s")
        return False
    if child.returncode != 0 or not child.stdout:
        typer.echo(f"{target}: ended the check itself, with {child.returncode}\n{child.stderr}")
        return False
    return _told(json.loads(child.stdout))


def _told(result: Mapping[str, Any]) -> bool:
    """Print what was found; whether all is well."""
    if not result["accepted"]:
        typer.echo(f"{result['name']}: {result['reason']}")
        return False
    for hook in result["hooks"]:
        verdict = "broken" if hook["failures"] else "ok"
        times = f"{hook['p95_ms']:.1f} of {hook['budget_ms']:.0f} ms"
        typer.echo(f"{result['name']}: {hook['name']}: {verdict}, {times}")
        for failure in hook["failures"]:
            typer.echo(f"  with {failure}")
    return not any(hook["failures"] for hook in result["hooks"])
