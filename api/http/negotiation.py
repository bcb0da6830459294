"""Negotiation: the media type of an answer out of the Accept header."""

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"

_CHOICE = {GRAPHQL: GRAPHQL, JSON: JSON, "application/*": JSON, "*/*": JSON}


def negotiate(accept: str | None) -> str | None:
    """The best of the two; JSON when the client has no wish, None when it accepts neither."""
    if not accept or not accept.strip():
        return JSON
    best, best_quality = None, 0.0
    for part in accept.split(","):
        media, *parameters = [piece.strip().lower() for piece in part.split(";")]
        quality = _quality(parameters)
        if media in _CHOICE and quality > best_quality:
            best, best_quality = _CHOICE[media], quality
    return best


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
