"""Refusals: what the desk answers when it will not do what a person asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


class DeskError(Exception):
    """The desk refused something a person asked for.

    `code` never changes once released, so clients branch on it; the message is
    for people and may be reworded or translated at any time. `path` leads to the
    value within the input that the refusal is about; empty for the whole.
    """

    code: ClassVar[str] = "REFUSED"

    def __init__(self, message: str, *, path: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


class InvalidInput(DeskError):
    """A value is not acceptable; `field` names it and the message says what would be."""

    code = "INVALID_INPUT"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, path=(field,))
        self.field = field


class NotFound(DeskError):
    """The object does not exist, or the person may not see it: nobody is told which."""

    code = "NOT_FOUND"

    def __init__(
        self, field: str, message: str = "There is no such thing, or it is not yours to see."
    ) -> None:
        super().__init__(message, path=(field,))
        self.field = field


class NotPermitted(DeskError):
    """The person may see the object but not do this to it."""

    code = "NOT_PERMITTED"

    def __init__(self, message: str = "You may not do this.") -> None:
        super().__init__(message)


class InvalidTransition(DeskError):
    """The ticket cannot move there from where it is."""

    code = "INVALID_TRANSITION"

    def __init__(self, message: str, *, state: str, allowed: tuple[str, ...]) -> None:
        super().__init__(message)
        self.state = state
        self.allowed = allowed


class StaleVersion(DeskError):
    """The object changed since the client read it; read it again and repeat."""

    code = "STALE_VERSION"

    def __init__(self, current: int) -> None:
        super().__init__("Someone changed this in the meantime. Read it again, then repeat.")
        self.current = current


class SecondPersonNeeded(DeskError):
    """What one person wrote, another has to publish: the organization asks for it."""

    code = "SECOND_PERSON_NEEDED"

    def __init__(self, message: str = "Somebody else has to publish what you wrote.") -> None:
        super().__init__(message)


class Expired(DeskError):
    """It was open once, and its time is over: a survey's link, say."""

    code = "EXPIRED"


class IdempotencyKeyReused(DeskError):
    """The idempotency key was used before with another input."""

    code = "IDEMPOTENCY_KEY_REUSED"

    def __init__(self) -> None:
        super().__init__(
            "This idempotency key was used with another input. Use a new key for a new request.",
            path=("idempotencyKey",),
        )


class PluginRejection(DeskError):
    """A plugin objected; `plugin` names it and `plugin_code` is its own reason code."""

    code = "PLUGIN_REJECTION"

    def __init__(self, message: str, *, plugin: str, plugin_code: str | None = None) -> None:
        super().__init__(message)
        self.plugin = plugin
        self.plugin_code = plugin_code


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """A question whose article would fall from its place; None is not found at all."""

    text: str
    article: str
    before: int | None
    after: int | None


class SearchRegression(DeskError):
    """A change would lose answers that must be found; `run_id` is the run that showed it.

    Not all of `lost` may be the person's to see: show them what they see of the run.
    """

    code = "SEARCH_REGRESSION"

    def __init__(self, lost: Sequence[LostAnswer], run_id: UUID) -> None:
        super().__init__("With this change, questions that must be answered lose their answer.")
        self.lost = tuple(lost)
        self.run_id = run_id


class TooManyAttempts(DeskError):
    """Too many tries in a short time; `retry_after` is in seconds."""

    code = "TOO_MANY_ATTEMPTS"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many attempts. Try again in {retry_after} seconds.")
        self.retry_after = retry_after
