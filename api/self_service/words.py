"""Words: the enums of self-service, named before any type uses them."""

from api.enums import describe
from foredesk.knowledge.models import SearchChannel

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
