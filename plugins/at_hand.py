"""At hand: what the desk's own plugins know without waiting, asked as the plain functions they are.

A built-in plugin may have, beside a hook `suggest_…`, a method `suggest_…_at_hand` that answers the
same at once, or raises NotAtHand. Partners' code is never asked so: nothing could stop it.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from foredesk.ports import Outcome
from plugins.answers import accepted
from plugins.breaker import BreakerState
from plugins.executor import MakeContext
from plugins.implementation import Implementation

BUILT_IN = "built in"


class NotAtHand(Exception):
    """The plugin has to look for its answer first: ask its hook."""


def answered(
    implementations: Sequence[Implementation],
    make_context: MakeContext,
    facts: Mapping[str, Any],
    deadline: float,
) -> list[Outcome] | None:
    """One outcome for each; None when one of them, or something about it, is not as usual."""
    functions = [_function(each) for each in implementations]
    outcomes = []
    try:
        for implementation, function in zip(implementations, functions, strict=True):
            if function is None or implementation.breaker.state is not BreakerState.CLOSED:
                return None
            began = time.perf_counter()
            value = function({**facts, "ctx": make_context(implementation, deadline)})
            value = accepted(implementation.contract, value, facts)
            milliseconds = (time.perf_counter() - began) * 1000
            outcomes.append(Outcome(implementation.plugin.name, value, None, "", milliseconds))
    except Exception:  # whatever it is, its hook fails of it too and is told of
        return None
    for implementation, outcome in zip(implementations, outcomes, strict=True):
        implementation.counters.calls += 1
        implementation.counters.durations.append(outcome.milliseconds)
        implementation.breaker.report(implementation.breaker.admit(), succeeded=True)
    return outcomes


def _function(implementation: Implementation) -> Any:
    plugin = implementation.plugin
    if plugin.source != BUILT_IN:
        return None
    return getattr(plugin.subject, f"{implementation.contract.name}_at_hand", None)
