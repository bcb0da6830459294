"""What tantivy cannot go on with is no Exception by itself, and nobody would look after it."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Raises RuntimeError in place of a panic."""
    try:
        yield
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        raise RuntimeError(f"tantivy gave up: {problem}") from problem
