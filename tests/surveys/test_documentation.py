from datetime import timedelta

from foredesk.desk import Desk
from foredesk.people.viewer import SYSTEM
from foredesk.surveys.define import Asking, define_survey, publish_survey
from foredesk.surveys.models import Metric
from tests.people import make_organization
from tests.sla.documented import run_the_examples_of


async def test_the_example_of_the_page_on_surveys_works(desk: Desk) -> None:
    names = await run_the_examples_of(
        "surveys.md",
        {
            "desk": desk,
            "administrator": SYSTEM,
            "organization": await make_organization(desk),
            "define_survey": define_survey,
            "publish_survey": publish_survey,
            "Asking": Asking,
            "Metric": Metric,
            "timedelta": timedelta,
        },
    )

    assert names["version"].languages == ["en", "de"]
