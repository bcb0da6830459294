"""Word lists: synonyms and stop words that people keep themselves, tried out before they hold."""

from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

from foredesk.database import next_value, transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from foredesk.knowledge.golden_ranks import concerned, ranks
from foredesk.knowledge.golden_runs import Tried, compare, keep_run, refuse
from foredesk.knowledge.known_words import words_with
from foredesk.knowledge.search_models import Occasion, WordList
from foredesk.knowledge.wording import language_tag
from foredesk.people.idempotency import Once
from foredesk.people.models import Organization
from foredesk.people.policy import Act, Of, may, require
from foredesk.people.viewer import Viewer
from foredesk.text import one_line

MOST_GROUPS = 500
MOST_IN_GROUP = 20
MOST_STOP_WORDS = 500
LONGEST_WORD = 60


async def revise_word_list(
    desk: Desk,
    viewer: Viewer,
    *,
    language: str,
    synonyms: Iterable[Sequence[str]],
    stop_words: Iterable[str],
    organization_id: UUID | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> tuple[WordList, Tried | None]:
    """Say anew which words stand for one another, and which say nothing; without an organization
    for everybody, which is for administrators. Searches follow at once, in every process.

    Golden queries are run with these words first: what came of it, or None if there are none.
    Raises InvalidInput, NotFound, StaleVersion (0: there is no list yet), and SearchRegression
    when a binding one would be lost.
    """
    await _require(viewer, organization_id)
    language = language_tag("language", language)
    groups, stops = cleaned_groups(synonyms), cleaned_stop_words(stop_words)
    proposed = await _row(organization_id, language)
    _check_version(proposed, expected_version)
    proposed.synonyms, proposed.stop_words = groups, stops
    tried = await _try_out(desk, viewer, proposed)
    if tried is not None and tried.stops:
        await keep_run(desk, viewer, tried)
        refuse(tried)
    async with transaction():
        await next_value("word_list_revision")
        row = await _row(organization_id, language)
        _check_version(row, expected_version)
        row.synonyms, row.stop_words = groups, stops
        row.version += 1
        row.updated_at, row.updated_by_id = desk.now(), viewer.person_id
        await row.save()
        if tried is not None:
            await keep_run(desk, viewer, tried)
        if once is not None:
            await once.remember(row.id)
    return row, tried


def cleaned_groups(groups: Iterable[Sequence[str]]) -> list[list[str]]:
    """Raises InvalidInput for a group that is none, or too many."""
    found = [_words("synonyms", group) for group in groups]
    if len(found) > MOST_GROUPS:
        raise InvalidInput("synonyms", f"Use at most {MOST_GROUPS} groups.")
    for group in found:
        if len(group) < 2:
            raise InvalidInput("synonyms", "Each group needs at least two different words.")
        if len(group) > MOST_IN_GROUP:
            raise InvalidInput("synonyms", f"Use at most {MOST_IN_GROUP} words in a group.")
    return found


def cleaned_stop_words(words: Iterable[str]) -> list[str]:
    """Raises InvalidInput for what is not one word, or too many."""
    found = _words("stopWords", words)
    if len(found) > MOST_STOP_WORDS:
        raise InvalidInput("stopWords", f"Use at most {MOST_STOP_WORDS} stop words.")
    if any(" " in word for word in found):
        raise InvalidInput("stopWords", "Give each stop word by itself.")
    return found


def _words(field: str, words: Iterable[str]) -> list[str]:
    """Each once, whatever its case."""
    cleaned = (one_line(field, w, limit=LONGEST_WORD, blank="") for w in words if w.strip())
    by_form: dict[str, str] = {}
    for word in cleaned:
        by_form.setdefault(word.casefold(), word)
    return list(by_form.values())


async def _try_out(desk: Desk, viewer: Viewer, proposed: WordList) -> Tried | None:
    queries = await concerned(proposed.organization_id, proposed.language)
    if not queries:
        return None
    before = await ranks(desk, queries)
    after = await ranks(desk, queries, partial(words_with, proposed=proposed))
    return compare(
        Occasion.WORDS_CHANGED,
        proposed.language,
        proposed.organization_id,
        queries,
        before,
        after,
    )


async def _row(organization_id: UUID | None, language: str) -> WordList:
    """The list there is, or one that is not stored yet, at version 0."""
    rows = WordList.filter(language=language)
    if organization_id is None:
        rows = rows.filter(organization_id__isnull=True)
    else:
        rows = rows.filter(organization_id=organization_id)
    found = await rows.first()
    return found or WordList(organization_id=organization_id, language=language, version=0)


def _check_version(row: WordList, expected: int | None) -> None:
    if expected not in (None, row.version):
        raise StaleVersion(row.version)


async def _require(viewer: Viewer, organization_id: UUID | None) -> None:
    """An organization that isn't theirs is hidden from those who manage others'."""
    require(viewer, Act.MANAGE_SEARCH_WORDS)
    if organization_id is None:
        if not viewer.is_administrator:
            raise NotPermitted("Only administrators may change the words of everybody.")
        return
    allowed = may(viewer, Act.MANAGE_SEARCH_WORDS, Of(organization_id))
    if not allowed or not await Organization.exists(id=organization_id):
        raise NotFound("organizationId")
