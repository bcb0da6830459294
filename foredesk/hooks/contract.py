"""The hooks with their modes, result types and budgets, gathered from the specifications."""

import inspect
from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from foredesk.hooks import (
    calendar_hooks,
    knowledge_hooks,
    lifecycle_hooks,
    survey_hooks,
    ticket_hooks,
)
from foredesk.hooks.specification import HookContract, Mode

__all__ = ["CONTRACTS", "SPECIFICATIONS", "HookContract", "Mode"]

SPECIFICATIONS: tuple[ModuleType, ...] = (
    lifecycle_hooks,
    ticket_hooks,
    calendar_hooks,
    knowledge_hooks,
    survey_hooks,
)

CONTRACTS: Mapping[str, HookContract] = MappingProxyType(
    {
        name: function.contract
        for module in SPECIFICATIONS
        for name, function in vars(module).items()
        if inspect.isfunction(function) and hasattr(function, "contract")
    }
)
"""Every hook there is, by name."""
