"""One process per SQLite file: whoever opens it holds a lock beside it until the process ends."""

import fcntl
import os
from pathlib import Path

from foredesk.database.problems import DatabaseInUse


class Guard:
    """The kernel drops the lock when the process dies, however it dies."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Raises DatabaseInUse when another process (or this one already) has the data open."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise DatabaseInUse(_message(self._path, holder)) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _message(lock: Path, holder: str) -> str:
    process = f"process {holder}" if holder else "another process"
    return (
        f"{lock.with_suffix('')} is open in {process}. SQLite data belongs to one Foredesk process "
        "at a time: stop that one first, or set FOREDESK_DATABASE_URL to PostgreSQL, which several "
        "can share."
    )
