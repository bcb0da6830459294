"""Recognizes requests about remote access by their words."""

import re
from dataclasses import dataclass

from foredesk.hooks import (
    CategorySuggestion,
    ConfigProblem,
    Context,
    PluginInfo,
    Synonym,
    TicketFacts,
    hookimpl,
)

SYNONYMS = {
    "vpn": ("remote access", "tunnel"),
    "tunnel": ("vpn",),
}


@dataclass(frozen=True)
class Settings:
    """What administrators may set for each organization."""

    category: str = "network"
    words: tuple[str, ...] = ("vpn", "tunnel", "remote access", "wireguard", "openvpn")
    confidence: float = 0.8


plugin = PluginInfo("vpn-categorizer", api="1.0", config=Settings)


@hookimpl
def validate_config(config: Settings) -> list[ConfigProblem]:
    problems = []
    if not 0 <= config.confidence <= 1:
        problems.append(ConfigProblem("confidence", "Use a number between 0 and 1."))
    if not any(word.strip() for word in config.words):
        problems.append(ConfigProblem("words", "Name at least one word."))
    return problems


@hookimpl
async def suggest_category(ctx: Context, ticket: TicketFacts) -> CategorySuggestion | None:
    found = [word for word in ctx.config.words if _mentions(ticket.text, word)]
    if not found:
        return None
    words = ", ".join(f"“{word}”" for word in found)
    return CategorySuggestion(ctx.config.category, ctx.config.confidence, f"it mentions {words}")


@hookimpl
async def expand_terms(terms: tuple[str, ...]) -> list[Synonym]:
    return [Synonym(term, SYNONYMS[term]) for term in terms if term in SYNONYMS]


def _mentions(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None
