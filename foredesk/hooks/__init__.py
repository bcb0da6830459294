"""The public plugin API. Partners import this and `foredesk.testing`, and nothing else.

Everything here keeps its meaning within one major version of the API; a test compares it with
a recorded snapshot. `docs/hooks.md` shows every hook with an example.
"""

from foredesk.hooks.context import ClassifiedTicket, Context, History
from foredesk.hooks.contract import CONTRACTS, SPECIFICATIONS, HookContract, Mode
from foredesk.hooks.facts import (
    AgentFacts,
    ArticleFacts,
    DeflectionFacts,
    DraftFacts,
    HitFacts,
    InvitationFacts,
    PersonFacts,
    PolicyFacts,
    QuestionFacts,
    RatingFacts,
    ResponseFacts,
    SearchFacts,
    SurveyFacts,
    TeamFacts,
    TicketEventFacts,
    TicketFacts,
)
from foredesk.hooks.plugin import API_VERSION, PROJECT, PluginError, PluginInfo, hookimpl
from foredesk.hooks.results import (
    Alternative,
    ArticleSuggestion,
    AssignmentSuggestion,
    CategorySuggestion,
    ConfigProblem,
    Objection,
    PolicyChoice,
    PrioritySuggestion,
    Score,
    Synonym,
)

__all__ = [
    "API_VERSION",
    "CONTRACTS",
    "PROJECT",
    "SPECIFICATIONS",
    "AgentFacts",
    "Alternative",
    "ArticleFacts",
    "ArticleSuggestion",
    "AssignmentSuggestion",
    "CategorySuggestion",
    "ClassifiedTicket",
    "ConfigProblem",
    "Context",
    "DeflectionFacts",
    "DraftFacts",
    "History",
    "HitFacts",
    "HookContract",
    "InvitationFacts",
    "Mode",
    "Objection",
    "PersonFacts",
    "PluginError",
    "PluginInfo",
    "PolicyChoice",
    "PolicyFacts",
    "PrioritySuggestion",
    "QuestionFacts",
    "RatingFacts",
    "ResponseFacts",
    "Score",
    "SearchFacts",
    "SurveyFacts",
    "Synonym",
    "TeamFacts",
    "TicketEventFacts",
    "TicketFacts",
    "hookimpl",
]
