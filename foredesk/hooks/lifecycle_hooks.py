"""Hooks in the life of the plugin itself."""

from collections.abc import Sequence
from typing import Any

from foredesk.hooks.context import Context
from foredesk.hooks.results import ConfigProblem
from foredesk.hooks.specification import Mode, hookspec


@hookspec(Mode.REGISTER, budget=5.0)
def startup(ctx: Context) -> None:
    """Prepare what the other hooks need: open a client, load a model.

    Called: once, when the server starts, before it accepts requests; `ctx` has no organization.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 5 s.
    Failure: the plugin is refused, with the error as the reason; the server starts without it,
    unless it is listed in `required_plugins`.
    """


@hookspec(Mode.REGISTER, budget=5.0)
def shutdown(ctx: Context) -> None:
    """Let go of what `startup` took.

    Called: once, when the server stops, after the last request; `ctx` has no organization.
    Answers: there are none to combine.
    None: the only answer.
    Budget: 5 s.
    Failure: it is logged, and the server stops all the same.
    """


@hookspec(Mode.COLLECT, budget=10.0, returns=ConfigProblem, many=True)
def validate_config(ctx: Context, config: Any) -> Sequence[ConfigProblem] | None:
    """Say what is wrong with settings before they are saved; try them out if you can.

    Called: when an administrator saves the plugin's settings for an organization, and only the
    plugin whose settings they are. `config` is an instance of your dataclass.
    Answers: all problems are shown beside their fields.
    None: there is nothing wrong.
    Budget: 10 s.
    Failure: the settings are not saved, and the administrator sees the error.
    """
