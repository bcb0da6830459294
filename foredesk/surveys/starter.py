"""The survey an organization starts with: satisfaction, loyalty, what they liked and what not."""

from collections.abc import Mapping
from typing import Any

from foredesk.surveys.models import Metric

STARTER_METRICS: Mapping[str, Metric] = {"satisfaction": Metric.CSAT, "loyalty": Metric.NPS}

STARTER_SURVEY: Mapping[str, Any] = {
    "title": {"en": "How did we do?", "de": "Wie war es mit uns?"},
    "locale": "en",
    "elements": [
        {
            "type": "rating",
            "name": "satisfaction",
            "title": {
                "en": "How satisfied are you with how we handled your request?",
                "de": "Wie zufrieden sind Sie damit, wie wir Ihre Anfrage erledigt haben?",
            },
            "isRequired": True,
            "rateMin": 1,
            "rateMax": 5,
            "minRateDescription": {"en": "Very dissatisfied", "de": "Sehr unzufrieden"},
            "maxRateDescription": {"en": "Very satisfied", "de": "Sehr zufrieden"},
        },
        {
            "type": "rating",
            "name": "loyalty",
            "title": {
                "en": "How likely are you to recommend our help desk to a colleague?",
                "de": "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
            },
            "rateMin": 0,
            "rateMax": 10,
            "minRateDescription": {"en": "Not at all likely", "de": "Gar nicht"},
            "maxRateDescription": {"en": "Extremely likely", "de": "Ganz sicher"},
        },
        {
            "type": "comment",
            "name": "liked",
            "title": {"en": "What did you like?", "de": "Was hat Ihnen gefallen?"},
            "maxLength": 2000,
        },
        {
            "type": "comment",
            "name": "not_liked",
            "title": {"en": "What did you not like?", "de": "Was hat Ihnen nicht gefallen?"},
            "maxLength": 2000,
        },
    ],
}
