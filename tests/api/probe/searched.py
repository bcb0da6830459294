"""What an organization keeps of its searches, for the probe to look for."""

from foredesk.desk import Desk
from foredesk.knowledge.golden import add_golden_query
from foredesk.knowledge.search_models import GoldenRun, Occasion
from foredesk.knowledge.word_lists import revise_word_list
from foredesk.people.viewer import SYSTEM
from tests.api.world import House


async def keep_searches(desk: Desk, house: House) -> None:
    """A list of words, a golden query, and two runs of it: of the words, and of something else."""
    organization = house.organization
    await add_golden_query(
        desk,
        SYSTEM,
        text=f"gateway of {organization.name}",
        article_id=house.articles["own"].id,
    )
    await revise_word_list(
        desk,
        SYSTEM,
        language="en",
        organization_id=organization.id,
        synonyms=[["tunnel", organization.name]],
        stop_words=["gateway"],
    )
    await GoldenRun.create(
        occasion=Occasion.PUBLISHED,
        subject=f"article of {organization.name}",
        at=desk.now(),
        asked=1,
        kept=1,
        organization_id=organization.id,
        person_id=house.max.person_id,
    )
