"""Article enums: the domain's own words about articles, with those that the schema needs."""

from api.enums import describe
from foredesk.knowledge.models import ArticleKind, ArticleState, Audience, DeflectionOutcome
from foredesk.knowledge.personal_data import PersonalData
from foredesk.tickets.models import ArticleUse

describe(
    ArticleUse,
    "What an article was worth to a ticket.",
    {
        "USED": "It helped.",
        "FLAGGED": "Something in it is wrong: the note says what.",
        "FIXED": "It was wrong, and has been mended.",
        "WRITTEN": "It was drafted from the ticket.",
    },
)
describe(
    PersonalData,
    "Kind of personal data.",
    {
        "NAME": "Name of a person.",
        "EMAIL": "Mail address.",
        "PHONE": "Telephone number.",
        "ACCOUNT": "Number of a bank account.",
        "ADDRESS": "Public address on the network.",
    },
    name="PersonalDataKind",
)
describe(
    ArticleState,
    "State of an article.",
    {
        "DRAFT": "Being written.",
        "REVIEW": "Waiting to be looked over.",
        "PUBLISHED": "To be found.",
        "RETIRED": "No longer offered.",
    },
)
describe(
    Audience,
    "Who may find a published article.",
    {
        "PUBLIC": "Everybody.",
        "ORGANIZATION": "The people of one organization, and who serves it.",
        "GROUP": "The members of one team.",
        "AGENTS": "Agents.",
    },
    name="ArticleAudience",
)
describe(
    ArticleKind,
    "What sort of answer an article is; each but the first has a template.",
    {
        "ARTICLE": "An article of no special shape.",
        "QUESTION": "A question and its answer.",
        "HOW_TO": "Steps to something.",
        "KNOWN_ERROR": "An error that is known, and what helps until it is mended.",
    },
)
describe(
    DeflectionOutcome,
    "What came of an article that a search offered.",
    {
        "OPENED": "It was opened.",
        "SOLVED": "It answered the question.",
        "NOT_HELPFUL": "It did not answer the question.",
    },
)
