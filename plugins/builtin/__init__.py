"""The desk's own behavior, written as plugins: they answer last, so that any partner comes first."""

from collections.abc import Mapping

BUILT_IN: Mapping[str, type] = {}
