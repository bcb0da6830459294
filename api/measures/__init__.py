"""Measures: figures of the service, control charts and backlog."""

from api.measures import words

__all__ = ["words"]
