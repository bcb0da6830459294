"""Known words: the synonyms and stop words that hold for somebody's searches now.

They are read with every search, so that a change holds at once in every process.
"""

from uuid import UUID

from tortoise.expressions import Q

from foredesk.knowledge.search_models import WordList
from foredesk.ports import SearchWords


async def words_for(organization_id: UUID | None) -> tuple[SearchWords, ...]:
    """Those of everybody and of the organization, in every language."""
    return tuple(search_words(row) for row in await lists_for(organization_id))


async def words_with(organization_id: UUID | None, proposed: WordList) -> tuple[SearchWords, ...]:
    """`words_for`, as if the proposed list were in force in place of the one it would replace."""
    kept = [row for row in await lists_for(organization_id) if row.id != proposed.id]
    concerns = proposed.organization_id in (None, organization_id)
    return tuple(search_words(row) for row in ([*kept, proposed] if concerns else kept))


async def lists_for(organization_id: UUID | None) -> list[WordList]:
    common = Q(organization_id__isnull=True)
    of_theirs = Q(organization_id=organization_id) if organization_id else common
    return await WordList.filter(common | of_theirs)


def search_words(row: WordList) -> SearchWords:
    groups = tuple(tuple(group) for group in row.synonyms)
    return SearchWords(row.language, groups, tuple(row.stop_words))
