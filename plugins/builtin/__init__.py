"""The desk's own behavior, written as plugins that answer last, after any partner's."""

from collections.abc import Mapping

BUILT_IN: Mapping[str, type] = {}
