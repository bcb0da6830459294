"""Words that an organization keeps: who may, what is refused, and that searches follow at once."""

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted, SearchRegression, StaleVersion
from foredesk.identity import new_id
from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.golden import add_golden_query
from foredesk.knowledge.search_models import GoldenRun, Occasion, WordList
from foredesk.knowledge.search_queries import visible_word_lists
from foredesk.knowledge.word_lists import revise_word_list
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from search_index import WhooshIndex
from tests.clock import NOW
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization, make_requester


async def test_an_organizations_synonyms_hold_for_its_people_at_once(
    searchable: Desk, index: WhooshIndex
) -> None:
    acme = await make_organization(searchable)
    ada = await make_requester(searchable, acme)
    await publish(searchable, "Clear a paper jam")
    await index.catch_up()
    assert (await search_articles(searchable, ada, text="Bizhub")).total == 0

    row, tried = await revise_word_list(
        searchable,
        SYSTEM,
        organization_id=acme.id,
        language="EN",
        synonyms=[[" Bizhub ", "paper  jam", "bizhub"]],
        stop_words=["Acme", "acme", " "],
    )

    assert (row.language, row.synonyms, row.stop_words) == (
        "en",
        [["Bizhub", "paper jam"]],
        ["Acme"],
    )
    assert (row.version, row.updated_at, tried) == (1, NOW, None)
    assert (await search_articles(searchable, ada, text="Bizhub")).total == 1
    assert (await search_articles(searchable, ANONYMOUS, text="Bizhub")).total == 0


async def test_words_of_everybody_hold_beside_an_organizations_own(
    searchable: Desk, index: WhooshIndex
) -> None:
    acme = await make_organization(searchable)
    ada = await make_requester(searchable, acme)
    await publish(searchable, "Clear a paper jam")
    await publish(searchable, "Lost badge")
    await index.catch_up()
    for organization_id, group in ((None, ["ausweis", "badge"]), (acme.id, ["bizhub", "jam"])):
        await revise_word_list(
            searchable,
            SYSTEM,
            organization_id=organization_id,
            language="en",
            synonyms=[group],
            stop_words=[],
        )

    assert (await search_articles(searchable, ada, text="bizhub ausweis")).total == 2
    assert (await search_articles(searchable, ANONYMOUS, text="bizhub ausweis")).total == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"synonyms": [["one"]]}, "synonyms"),
        ({"synonyms": [["Same", "same"]]}, "synonyms"),
        ({"synonyms": [["a", "x" * 61]]}, "synonyms"),
        ({"synonyms": [["a", "\x00"]]}, "synonyms"),
        ({"synonyms": [[str(n) for n in range(21)]]}, "synonyms"),
        ({"synonyms": [["a", str(n)] for n in range(501)]}, "synonyms"),
        ({"stop_words": ["two words"]}, "stopWords"),
        ({"stop_words": [str(n) for n in range(501)]}, "stopWords"),
        ({"language": "english"}, "language"),
    ],
)
async def test_words_that_cannot_be_kept_are_refused(
    desk: Desk, change: dict[str, object], field: str
) -> None:
    given: dict[str, object] = {"language": "en", "synonyms": [], "stop_words": []} | change

    with pytest.raises(InvalidInput) as refusal:
        await revise_word_list(desk, SYSTEM, **given)  # type: ignore[arg-type]

    assert refusal.value.field == field
    assert not await WordList.exists()


async def test_only_who_manages_an_organization_changes_its_words(desk: Desk) -> None:
    acme, other = await make_organization(desk), await make_organization(desk)
    manager = await make_agent(desk, acme, role=Role.CUSTOMER_SERVICE_MANAGER)
    agent, ada = await make_agent(desk, acme), await make_requester(desk, acme)

    async def revise(viewer: object, organization_id: object) -> None:
        await revise_word_list(
            desk,
            viewer,  # type: ignore[arg-type]
            organization_id=organization_id,  # type: ignore[arg-type]
            language="en",
            synonyms=[],
            stop_words=["acme"],
        )

    for nobody in (agent, ada, ANONYMOUS):
        with pytest.raises(NotPermitted):
            await revise(nobody, acme.id)
    with pytest.raises(NotPermitted):
        await revise(manager, None)
    for hidden in (other.id, new_id()):
        with pytest.raises(NotFound):
            await revise(manager, hidden)
    assert not await WordList.exists()

    await revise(manager, acme.id)
    await revise(SYSTEM, other.id)
    assert [row.organization_id for row in await visible_word_lists(manager)] == [acme.id]
    assert not await visible_word_lists(agent).exists()


async def test_who_was_slower_reads_the_words_anew(desk: Desk) -> None:
    async def revise(expected: int, word: str) -> int:
        row, _ = await revise_word_list(
            desk,
            SYSTEM,
            language="en",
            synonyms=[],
            stop_words=[word],
            expected_version=expected,
        )
        return row.version

    assert await revise(0, "one") == 1
    assert await revise(1, "two") == 2
    for stale in (0, 1):
        with pytest.raises(StaleVersion) as refusal:
            await revise(stale, "three")
        assert refusal.value.current == 2
    assert [row.stop_words for row in await WordList.all()] == [["two"]]


@pytest.mark.parametrize("is_binding", [False, True])
async def test_words_that_lose_a_golden_query_warn_or_are_refused(
    searchable: Desk, index: WhooshIndex, is_binding: bool
) -> None:
    article = await publish(searchable, "Reset your password")
    await index.catch_up()
    golden = await add_golden_query(
        searchable,
        SYSTEM,
        text="forgot password today",
        article_id=article.id,
        is_binding=is_binding,
    )
    assert golden.rank == 1

    async def stop() -> object:
        return await revise_word_list(
            searchable,
            SYSTEM,
            language="en",
            synonyms=[],
            stop_words=["password"],
        )

    if is_binding:
        with pytest.raises(SearchRegression) as refusal:
            await stop()
        lost = refusal.value.lost
        assert [(one.text, one.article, one.before, one.after) for one in lost] == [
            ("forgot password today", "Reset your password", 1, None)
        ]
    else:
        _, tried = await stop()  # type: ignore[misc]
        assert [(one.before, one.after) for one in tried.losses] == [(1, None)]

    assert await WordList.exists() is not is_binding
    run = await GoldenRun.get().prefetch_related("changes")
    assert (run.occasion, run.subject, run.asked, run.kept) == (Occasion.WORDS_CHANGED, "en", 1, 0)
    assert run.was_stopped is is_binding
    assert [(one.before, one.after, one.is_loss) for one in run.changes] == [(1, None, True)]
    await golden.refresh_from_db()
    assert golden.rank == (1 if is_binding else None)
