"""Write api/schema.graphql: `python -m api.export`, or `--check` to see whether it is current."""

import sys

from api.schema import SDL, schema


def text() -> str:
    return schema.as_str().rstrip() + "\n"


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        return 0 if SDL.exists() and SDL.read_text("utf-8") == text() else 1
    SDL.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
