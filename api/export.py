"""Write api/schema.graphql: `python -m api.export`, or `--check` to see whether it is current.

`--release` writes it as what clients are promised from then on, too.
"""

import importlib.metadata
import sys

from api.schema import SDL, schema

RELEASED = SDL.with_name("released.graphql")


def text() -> str:
    return schema.as_str().rstrip() + "\n"


def promise() -> str:
    """What is compared with every later schema, under the version that it was released with."""
    version = importlib.metadata.version("foredesk")
    told = f"The schema that clients were promised last: version {version}."
    return f"# {told} Written by `python -m api.export --release`.\n{text()}"


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        return 0 if SDL.exists() and SDL.read_text("utf-8") == text() else 1
    SDL.write_text(text(), "utf-8")
    if "--release" in arguments:
        RELEASED.write_text(promise(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
