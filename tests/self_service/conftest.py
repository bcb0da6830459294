"""The desk of the knowledge base's tests, whose articles are found."""

from tests.knowledge.conftest import index, searchable

__all__ = ["index", "searchable"]
