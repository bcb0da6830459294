"""User errors: refusals that the person behind the client can do something about."""

from enum import Enum
from typing import Any

import strawberry
from graphql import GraphQLError

from api.operations.errors import Code, public
from foredesk import errors
from foredesk.tickets.states import TicketState


@strawberry.enum(description="Reason of a refusal. New reasons may be added at any time.")
class UserErrorCode(Enum):
    INVALID_INPUT = strawberry.enum_value(
        "INVALID_INPUT", description="A value of the input is not acceptable."
    )
    NOT_FOUND = strawberry.enum_value(
        "NOT_FOUND", description="There is no such object, or the viewer may not see it."
    )
    NOT_PERMITTED = strawberry.enum_value(
        "NOT_PERMITTED", description="The viewer may not do this."
    )
    INVALID_TRANSITION = strawberry.enum_value(
        "INVALID_TRANSITION", description="That can't happen to the object in its state."
    )
    STALE_VERSION = strawberry.enum_value(
        "STALE_VERSION", description="The object has changed since the client read it."
    )
    IDEMPOTENCY_KEY_REUSED = strawberry.enum_value(
        "IDEMPOTENCY_KEY_REUSED", description="The key was used before with another input."
    )
    PLUGIN_REJECTION = strawberry.enum_value("PLUGIN_REJECTION", description="A plugin objected.")
    TOO_MANY_ATTEMPTS = strawberry.enum_value(
        "TOO_MANY_ATTEMPTS", description="Too many tries in a short time."
    )
    EXPIRED = strawberry.enum_value("EXPIRED", description="Its time is over.")
    SECOND_PERSON_NEEDED = strawberry.enum_value(
        "SECOND_PERSON_NEEDED", description="Somebody else has to publish what the viewer wrote."
    )
    SEARCH_REGRESSION = strawberry.enum_value(
        "SEARCH_REGRESSION",
        description="Binding golden queries would lose their answers: see the newest golden run.",
    )
    REFUSED = strawberry.enum_value("REFUSED", description="Any other reason: see the message.")


@strawberry.interface(
    description="Refusal that the person behind the client may do something about."
)
class UserError:
    message: str = strawberry.field(description="Explanation of the refusal, fit to show")
    code: UserErrorCode = strawberry.field(description="Reason of the refusal")
    path: list[str] = strawberry.field(
        description='Path of the value within the input, e.g. ["subject"]; '
        "empty for the input as a whole"
    )


@strawberry.type(description="Value of the input is not acceptable.")
class InvalidInput(UserError):
    pass


@strawberry.type(description="Object that the input names does not exist, or not for the viewer.")
class NotFound(UserError):
    pass


@strawberry.type(description="Viewer may not do this.")
class NotPermitted(UserError):
    pass


@strawberry.type(description="That can't happen to the ticket in the state it is in.")
class InvalidTransition(UserError):
    state: TicketState = strawberry.field(description="State of the ticket now")
    allowed: list[TicketState] = strawberry.field(description="States that it can move to")


@strawberry.type(description="Object has changed since the client read it: read it again.")
class StaleVersion(UserError):
    current_version: int = strawberry.field(description="Version of the object now")


@strawberry.type(description="Idempotency key was used before with another input.")
class IdempotencyKeyReused(UserError):
    pass


@strawberry.type(description="A plugin objected.")
class PluginRejection(UserError):
    plugin: str = strawberry.field(description="Name of the plugin")
    plugin_code: str | None = strawberry.field(
        description="Reason in the plugin's own words; null if it gave none"
    )


@strawberry.type(description="Refusal for a reason that only the message tells.")
class Refusal(UserError):
    pass


def user_error(refused: errors.DeskError) -> Any:
    """The member of a mutation's union of errors that says this refusal."""
    common: dict[str, Any] = {
        "message": refused.message,
        "path": [part for name in refused.path for part in name.split(".")],
    }
    match refused:
        case errors.InvalidTransition(state=state) if state in _TICKET_STATES:
            return InvalidTransition(
                code=UserErrorCode.INVALID_TRANSITION,
                state=TicketState(refused.state),
                allowed=[TicketState(state) for state in refused.allowed],
                **common,
            )
        case errors.StaleVersion():
            code = UserErrorCode.STALE_VERSION
            return StaleVersion(code=code, current_version=refused.current, **common)
        case errors.PluginRejection():
            return PluginRejection(
                code=UserErrorCode.PLUGIN_REJECTION,
                plugin=refused.plugin,
                plugin_code=refused.plugin_code,
                **common,
            )
    for kind, (member, code) in _PLAIN.items():
        if isinstance(refused, kind):
            return member(code=code, **common)
    return Refusal(code=UserErrorCode.REFUSED, **common)


def failure(cause: Exception) -> UserError:
    """What is said of one item of several that failed for no reason of the desk's own."""
    error = public(GraphQLError("", original_error=cause))
    details = error.extensions or {}
    if details["code"] == Code.BAD_USER_INPUT:
        return InvalidInput(message=error.message, code=UserErrorCode.INVALID_INPUT, path=[])
    message = f"{error.message} Quote {details['errorId']}."
    return Refusal(message=message, code=UserErrorCode.REFUSED, path=[])


_TICKET_STATES = frozenset(state.value for state in TicketState)
_PLAIN: dict[type[errors.DeskError], tuple[type[UserError], UserErrorCode]] = {
    errors.InvalidInput: (InvalidInput, UserErrorCode.INVALID_INPUT),
    errors.NotFound: (NotFound, UserErrorCode.NOT_FOUND),
    errors.NotPermitted: (NotPermitted, UserErrorCode.NOT_PERMITTED),
    errors.IdempotencyKeyReused: (IdempotencyKeyReused, UserErrorCode.IDEMPOTENCY_KEY_REUSED),
    errors.Expired: (Refusal, UserErrorCode.EXPIRED),
    errors.InvalidTransition: (Refusal, UserErrorCode.INVALID_TRANSITION),
    errors.SecondPersonNeeded: (Refusal, UserErrorCode.SECOND_PERSON_NEEDED),
    errors.SearchRegression: (Refusal, UserErrorCode.SEARCH_REGRESSION),
    errors.TooManyAttempts: (Refusal, UserErrorCode.TOO_MANY_ATTEMPTS),
}
