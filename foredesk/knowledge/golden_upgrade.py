"""Golden upgrade: run golden queries when texts are read in another way than before."""

import logging

from foredesk.database import transaction
from foredesk.database.done import first_time
from foredesk.database.models import Done
from foredesk.desk import Desk
from foredesk.knowledge.golden_ranks import concerned, ranks
from foredesk.knowledge.golden_runs import Tried, compare, keep_run
from foredesk.knowledge.search_models import Occasion
from foredesk.people.viewer import SYSTEM

log = logging.getLogger(__name__)


async def run_after_upgrade(desk: Desk) -> Tried | None:
    """Once for each way of reading and each engine, however many processes start: compare with
    the last run. It can stop nothing; what was lost is logged and kept."""
    analysis = str(desk.knowledge.status()["analysis"])
    key = f"golden:{analysis}"
    if await Done.exists(key=key):
        return None
    queries = await concerned(None)
    before = {one.id: one.rank for one in queries}
    after = await ranks(desk, queries)
    tried = compare(Occasion.ANALYSIS_CHANGED, analysis, None, queries, before, after)
    async with transaction():
        if not await first_time(key, desk.now()) or not queries:
            return None
        await keep_run(desk, SYSTEM, tried)
    for one in tried.losses:
        log.warning("the search answers %r worse than before: see its golden run", one.query.text)
    return tried
