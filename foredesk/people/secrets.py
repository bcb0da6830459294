"""Secrets that are handed out once and kept as their SHA-256."""

import hashlib
import secrets


def new_secret() -> str:
    """256 bits from the operating system, never from the desk's seeded chance."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
