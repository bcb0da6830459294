"""API tokens: one's own, and what the pages of service accounts share with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError, InvalidInput
from foredesk.people.models import ApiToken, Person
from foredesk.people.roles import Scope
from foredesk.people.tokens import issue_token, revoke_token, visible_tokens
from portal.acting import NOTHING_TYPED, Typed
from portal.forms import Form, uuid_in
from portal.pages import desk_of, page, see_other
from portal.refusals import say, unreadable
from portal.visits import visit_of
from portal.words import Words, marked

DAYS = (7, 30, 90, 365)
SHOWN_AT_MOST = 100
SCOPES = {
    Scope.READ: marked("Read what I may read"),
    Scope.TICKETS: marked("Read requests and work on them"),
    Scope.KNOWLEDGE: marked("Read and write articles"),
    Scope.SURVEYS: marked("Read and manage surveys"),
    Scope.ADMINISTRATION: marked("Manage tokens, and whatever else I administer"),
}


@dataclass(frozen=True, slots=True)
class Row:
    token: ApiToken
    is_open: bool
    may: str
    """What it may be used for."""


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    person = await _myself(request)
    return page(
        request, "tokens.html", status=typed.status, **await token_facts(request, person, typed)
    )


async def create(request: Request, sent: Form) -> Response:
    return await create_for(request, sent, await _myself(request), "/account/tokens", show)


async def revoke(request: Request, sent: Form) -> Response:
    await revoke_named(request, sent, await _myself(request))
    return see_other("/account/tokens")


async def token_facts(request: Request, person: Person, typed: Typed) -> dict[str, Any]:
    """What the pages with tokens show of them, the open ones first."""
    desk, visit = desk_of(request), visit_of(request)
    tokens = visible_tokens(visit.viewer).filter(person_id=person.id).order_by("-created_at", "id")
    rows = [_row(token, desk.now(), visit.words) for token in await tokens.limit(SHOWN_AT_MOST)]
    scopes = [(scope.value, visit.words(label)) for scope, label in SCOPES.items()]
    return {
        "tokens": sorted(rows, key=lambda row: not row.is_open),
        "scopes": scopes,
        "days": _days(visit.words),
        "typed": typed,
        "problems": typed.problems,
    }


async def create_for(
    request: Request, sent: Form, person: Person, back: str, again: Any
) -> Response:
    """The page with the secret, which is the only one; or `again` with what is wrong."""
    desk, visit = desk_of(request), visit_of(request)
    try:
        issued = await issue_token(
            desk,
            visit.viewer,
            person=person,
            name=sent["name"],
            scopes=[Scope(one) for one in sent.fields.get("scopes", ()) if one in SCOPES],
            expires_at=desk.now() + timedelta(days=_chosen_days(sent)),
        )
    except InvalidInput as refusal:
        problems = {refusal.field: say(visit.words, refusal)}
        shown: Response = await again(request, Typed(sent, problems))
        return shown
    return page(request, "token_made.html", issued=issued, back=back, person=person)


async def revoke_named(request: Request, sent: Form, person: Person) -> None:
    """Raises HTTPException 404 for a token that is not this person's."""
    viewer = visit_of(request).viewer
    tokens = visible_tokens(viewer).filter(person_id=person.id)
    token = await tokens.filter(id=uuid_in(sent["token"])).first()
    if token is None:
        raise HTTPException(404)
    await revoke_token(desk_of(request), viewer, token=token)


def problems_of(request: Request, sent: Form, refusal: DeskError, field: str) -> dict[str, str]:
    words = visit_of(request).words
    if sent.unreadable:
        return {name: unreadable(words) for name in sent.unreadable}
    return {refusal.path[-1] if refusal.path else field: say(words, refusal)}


async def _myself(request: Request) -> Person:
    return await Person.get(id=visit_of(request).viewer.person_id)


def _row(token: ApiToken, now: datetime, words: Words) -> Row:
    labels: Mapping[str, str] = {scope.value: label for scope, label in SCOPES.items()}
    may = "; ".join(words(labels[scope]) for scope in token.scopes if scope in labels)
    return Row(token, token.revoked_at is None and token.expires_at > now, may)


def _days(words: Words) -> Sequence[tuple[str, str]]:
    return [(str(days), words.count("%(number)s day", "%(number)s days", days)) for days in DAYS]


def _chosen_days(sent: Form) -> int:
    text = sent["days"]
    if text not in [str(days) for days in DAYS]:
        raise InvalidInput("days", "Please answer this question.")
    return int(text)
