"""Words: the enums of self-service, named before any type uses them."""

from api.enums import describe
from foredesk.knowledge.models import SearchChannel
from foredesk.self_service.upkeep import Concern

describe(
    SearchChannel,
    "Where somebody looked for an answer.",
    {
        "SEARCH": "On the search page.",
        "ASK_FORM": "While writing a request.",
        "TICKET": "An agent, on a ticket.",
        "API": "In a program.",
    },
)
describe(
    Concern,
    "Why an article wants to be looked after.",
    {
        "FLAGGED": "Agents found something wrong in its current version.",
        "LOW_VOTES": "It helped less than half of at least five readers who voted.",
        "REVIEW_DUE": "The time has come at which it is to be looked over.",
        "OLD": "Nobody has revised it for a year.",
    },
    name="ArticleConcern",
)
