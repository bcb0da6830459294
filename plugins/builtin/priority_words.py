"""The built-in word rules for impact and urgency: few, in the open, and easily outvoted."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from foredesk.hooks import PluginInfo, PrioritySuggestion, TicketFacts, hookimpl

Level = Literal["high", "medium", "low"]

# "low" comes first in each table, so that "not urgent" isn't read as "urgent".
URGENCY: Mapping[Level, tuple[str, ...]] = {
    "low": ("not urgent", "no rush", "no hurry", "whenever you have time", "when you have time",
            "nicht dringend", "nicht eilig", "keine eile", "pas urgent"),
    "high": ("urgent", "urgently", "asap", "immediately", "right now", "can't work", "cannot work",
             "emergency", "outage", "dringend", "sofort", "notfall", "ausfall", "urgence",
             "immédiatement"),
}  # fmt: skip
IMPACT: Mapping[Level, tuple[str, ...]] = {
    "low": ("only me", "just me", "only for me", "nur ich", "nur bei mir"),
    "high": ("everyone", "everybody", "nobody", "all users", "all of us", "whole team",
             "whole company", "whole office", "entire office", "whole department", "outage",
             "alle kollegen", "niemand", "ganze team", "ganze abteilung", "ganze firma",
             "ausfall", "tout le monde", "personne ne peut"),
}  # fmt: skip

CONFIDENCE = 0.6
_READ = 10_000


class PriorityWords:
    """Answers None when no word of the rules is in the ticket."""

    plugin = PluginInfo("priority-words")

    @hookimpl(trylast=True)
    async def suggest_priority(self, ticket: TicketFacts) -> PrioritySuggestion | None:
        return _suggestion(ticket)

    def suggest_priority_at_hand(self, facts: Mapping[str, Any]) -> PrioritySuggestion | None:
        return _suggestion(facts["ticket"])


def _suggestion(ticket: TicketFacts) -> PrioritySuggestion | None:
    text = " ".join(ticket.text[:_READ].casefold().replace("’", "'").split())
    found = {name: _matched(rules, text) for name, rules in _RULES.items()}
    if not any(found.values()):
        return None
    levels = {name: match[0] if match else "medium" for name, match in found.items()}
    reasons = [
        f"“{match[1]}” says that the {name} is {match[0]}" for name, match in found.items() if match
    ]
    return PrioritySuggestion(levels["impact"], levels["urgency"], CONFIDENCE, "; ".join(reasons))


_RULES: Mapping[str, Mapping[Level, "re.Pattern[str]"]] = {
    name: {
        level: re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
        for level, phrases in table.items()
    }
    for name, table in (("impact", IMPACT), ("urgency", URGENCY))
}


def _matched(rules: Mapping[Level, "re.Pattern[str]"], text: str) -> tuple[Level, str] | None:
    """The level and the words that said so."""
    for level, pattern in rules.items():
        if match := pattern.search(text):
            return level, match.group()
    return None
