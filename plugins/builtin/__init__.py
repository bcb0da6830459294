"""The desk's own behavior, written as plugins that answer last, after any partner's."""

from collections.abc import Callable, Mapping
from typing import Any

from plugins.builtin.categorizer import Categorizer
from plugins.builtin.priority_words import PriorityWords
from plugins.builtin.repair_history import RepairHistory

BUILT_IN: Mapping[str, Callable[[], Any]] = {
    kind.plugin.name: kind for kind in (Categorizer, PriorityWords, RepairHistory)
}
