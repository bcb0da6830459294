"""Writing a small file so that readers see the old text or the new, and nothing between."""

import secrets
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
