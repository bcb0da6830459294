"""Self-service: figures of deflection, what people miss, and the experiment on suggestions."""

from api.self_service import words

__all__ = ["words"]
