import random
from dataclasses import replace
from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from foredesk.identity import new_id
from foredesk.knowledge.answering import FoundArticles, search_articles, suggest_articles
from foredesk.knowledge.deflection import file_after_search, record_deflection
from foredesk.knowledge.experiment import (
    end_suggestion_experiment,
    start_suggestion_experiment,
    visible_experiments,
)
from foredesk.knowledge.experiment_models import FormStart, SuggestionExperiment
from foredesk.knowledge.form_starts import drawn
from foredesk.knowledge.models import DeflectionOutcome, Search
from foredesk.people.roles import Role
from foredesk.people.viewer import ANONYMOUS, SYSTEM, Viewer
from foredesk.self_service.result import (
    ExperimentResult,
    experiment_result,
    latest_experiment,
    plan_experiment,
)
from foredesk.self_service.settle import settle_form_starts
from foredesk.tickets.record import record_ticket
from tests.clock import Clock
from tests.knowledge.desks import publish
from tests.people import make_agent, make_organization, make_requester

WEEK = timedelta(days=7)


async def asks(desk: Desk, viewer: Viewer, visitor: str | None = None) -> FoundArticles:
    return await suggest_articles(desk, viewer, subject="printer jam", visitor=visitor)


async def visitors(desk: Desk, count: int) -> dict[bool, list[str]]:
    """Visitors who ask for help, by whether suggestions are kept back from them."""
    found: dict[bool, list[str]] = {True: [], False: []}
    for number in range(count):
        answer = await asks(desk, ANONYMOUS, f"v{number}")
        found[answer.is_held_out].append(f"v{number}")
    return found


@pytest.fixture
async def printing(searchable: Desk) -> Desk:
    await publish(searchable, "Clear a printer jam")
    await searchable.knowledge.catch_up()
    return searchable


async def test_without_an_experiment_everybody_sees_suggestions(printing: Desk) -> None:
    ada = await make_requester(printing, await make_organization(printing))

    assert (await asks(printing, ada)).total == 1

    start = await FormStart.get()
    assert (start.person_id, start.experiment_id, start.is_held_out) == (ada.person_id, None, False)


async def test_held_out_requesters_see_no_suggestions_but_all_are_logged_and_can_search(
    printing: Desk, clock: Clock
) -> None:
    experiment = await start_suggestion_experiment(printing, SYSTEM, holdout_percent=50)

    arms = await visitors(printing, 40)

    assert 10 <= len(arms[True]) <= 30
    held_out = arms[True][0]
    for visitor, is_held_out in [(held_out, True), (arms[False][0], False)]:
        found = await asks(printing, ANONYMOUS, visitor)
        search = await Search.get(id=found.search_id)
        assert (found.is_held_out, found.total) == (is_held_out, 0 if is_held_out else 1)
        assert (search.shown, search.total, len(search.results)) == (not is_held_out, 1, 1)
        start = await FormStart.get(visitor=visitor)
        unit, place = drawn(experiment.salt or "", f"visitor:{visitor}")
        assert (start.unit, start.is_held_out) == (unit, place < 0.5)
    found = await search_articles(printing, ANONYMOUS, text="printer", visitor=held_out)
    assert (found.total, found.is_held_out) == (1, False)


async def test_who_signs_in_on_the_way_stays_where_they_were_drawn(printing: Desk) -> None:
    ada = await make_requester(printing, await make_organization(printing))
    await start_suggestion_experiment(printing, SYSTEM, holdout_percent=50)
    arms = await visitors(printing, 12)

    for is_held_out in (True, False):
        visitor = arms[is_held_out][0]
        someone = replace(ada, person_id=ada.person_id) if is_held_out else ANONYMOUS
        assert (await asks(printing, someone, visitor)).is_held_out is is_held_out
    assert (await FormStart.get(person_id=ada.person_id)).visitor == arms[True][0]


async def test_agents_and_whom_nothing_tells_apart_are_in_no_experiment(printing: Desk) -> None:
    agent = await make_agent(printing, await make_organization(printing))
    await start_suggestion_experiment(printing, SYSTEM, holdout_percent=50)

    for _ in range(5):
        assert (await asks(printing, ANONYMOUS)).total == 1
        assert (await asks(printing, agent, "v1")).total == 1

    assert not await FormStart.exists()


async def test_one_switch_off_and_everybody_sees_suggestions_again(printing: Desk) -> None:
    experiment = await start_suggestion_experiment(printing, SYSTEM, holdout_percent=50)
    held_out = (await visitors(printing, 12))[True][0]
    with pytest.raises(InvalidInput):
        await start_suggestion_experiment(printing, SYSTEM)
    with pytest.raises(StaleVersion):
        await end_suggestion_experiment(
            printing, SYSTEM, experiment_id=experiment.id, expected_version=2
        )

    for _ in range(2):
        await end_suggestion_experiment(printing, SYSTEM, experiment_id=experiment.id)

    found = await asks(printing, ANONYMOUS, held_out)
    assert (found.total, found.is_held_out) == (1, False)
    stored = await SuggestionExperiment.get()
    assert (stored.ended_at, stored.version) == (printing.now(), 2)
    await start_suggestion_experiment(printing, SYSTEM)


@pytest.mark.parametrize(
    "figures",
    [
        {"holdout_percent": 9},
        {"holdout_percent": 51},
        {"expected_filing": 1.0},
        {"smallest_effect": 0.0},
    ],
)
async def test_what_cannot_be_planned_is_refused(desk: Desk, figures: dict[str, float]) -> None:
    with pytest.raises(InvalidInput):
        await start_suggestion_experiment(desk, SYSTEM, **figures)  # type: ignore[arg-type]

    assert not await SuggestionExperiment.exists()


async def test_only_administrators_run_and_see_it(desk: Desk) -> None:
    acme = await make_organization(desk)
    root = await make_agent(desk, acme, role=Role.ADMINISTRATOR)
    experiment = await start_suggestion_experiment(desk, root)
    manager = await make_agent(desk, acme, role=Role.CUSTOMER_SERVICE_MANAGER)

    for viewer in (manager, await make_requester(desk, acme), ANONYMOUS):
        assert await latest_experiment(viewer) is None
        with pytest.raises(NotPermitted):
            await start_suggestion_experiment(desk, viewer)
        with pytest.raises(NotPermitted):
            await end_suggestion_experiment(desk, viewer, experiment_id=experiment.id)
    with pytest.raises(NotFound):
        await end_suggestion_experiment(desk, root, experiment_id=new_id())
    assert await latest_experiment(root) == experiment
    assert await visible_experiments(root).count() == 1


async def test_what_came_of_a_form_start_is_counted_after_seven_days(
    printing: Desk, clock: Clock
) -> None:
    acme = await make_organization(printing)
    ada, bob = await make_requester(printing, acme), await make_requester(printing, acme)
    eve, zoe = await make_requester(printing, acme), await make_requester(printing, acme)
    for viewer in (ada, bob, eve, zoe):
        await asks(printing, viewer)
    on_a_search = await asks(printing, ANONYMOUS, "v1")
    await file_after_search(
        printing, ANONYMOUS, search_id=on_a_search.search_id, ticket_id=new_id(), visitor="v1"
    )
    for subject in ("Printer", "Printer again"):
        await record_ticket(printing, ada, subject=subject, channel="mail")
    answer = await search_articles(printing, bob, text="printer")
    await record_deflection(
        printing,
        bob,
        search_id=answer.search_id,
        article_id=answer.hits[0].article.id,
        outcome=DeflectionOutcome.SOLVED,
    )
    double = await FormStart.create(
        channel="ask_form", begun_at=printing.now(), person_id=zoe.person_id
    )
    assert await settle_form_starts(printing) == 0
    clock.advance(WEEK)
    await record_ticket(printing, eve, subject="Too late to be of it")

    assert await settle_form_starts(printing) == 6
    assert await settle_form_starts(printing) == 0

    found = {
        (start.person_id or start.visitor): (
            start.ticket_count,
            start.was_opened,
            start.was_confirmed,
        )
        for start in await FormStart.all()
    }
    assert found == {
        ada.person_id: (2, False, False),
        bob.person_id: (0, True, True),
        eve.person_id: (0, False, False),
        zoe.person_id: (0, False, False),
        "v1": (1, False, False),
    }
    assert (
        not await FormStart.exists(id=double.id)
        or await FormStart.filter(person_id=zoe.person_id).count() == 1
    )
    assert (await asks(printing, ada)).total == 1
    assert await FormStart.filter(person_id=ada.person_id).count() == 2


async def begun(
    desk: Desk, experiment: SuggestionExperiment, chance: random.Random, count: int
) -> None:
    """Form starts of two weeks ago: 80 of 100 held out led to a request, 40 of the others."""
    rows = []
    for number in range(count):
        is_held_out = number % 2 == 0
        files = chance.random() < (0.8 if is_held_out else 0.4)
        rows.append(
            FormStart(
                channel="ask_form",
                begun_at=desk.now() - 2 * WEEK,
                unit=f"{count}-{number}",
                experiment_id=experiment.id,
                is_held_out=is_held_out,
                settled_at=desk.now() - WEEK,
                ticket_count=int(files) + (files and not number % 10),
                was_confirmed=not is_held_out and not number % 3,
            )
        )
    await FormStart.bulk_create(rows)


async def test_the_result_waits_for_what_was_planned_and_shows_the_guard_rails(
    desk: Desk, clock: Clock
) -> None:
    experiment = await start_suggestion_experiment(
        desk, SYSTEM, holdout_percent=50, smallest_effect=0.3
    )
    await FormStart.create(channel="ask_form", begun_at=desk.now(), experiment_id=experiment.id)
    clock.advance(3 * WEEK)
    chance = random.Random(3)

    async def result() -> ExperimentResult:
        return await experiment_result(desk, SYSTEM, experiment=experiment)

    empty = await result()
    assert (empty.needed, empty.more_needed, empty.pending, empty.caused) == (111, 111, 1, None)
    await begun(desk, experiment, chance, 60)
    few = await result()
    assert few.caused is None
    assert few.more_needed == few.needed - 60
    await begun(desk, experiment, chance, 240)
    enough = await result()

    assert (enough.more_needed, enough.form_starts) == (0, 300)
    assert enough.caused is not None
    assert enough.caused.low is not None
    assert enough.caused.high is not None
    assert enough.caused.low < 0.5 < enough.caused.high
    assert enough.treated.abandoned.value > enough.held_out.abandoned.value
    assert enough.abandonment.is_hurt
    assert not enough.repeats.is_hurt
    assert enough.treated.repeated.hits == 0 < enough.held_out.repeated.hits


async def test_a_plan_says_what_it_takes_and_how_long_as_people_come_now(desk: Desk) -> None:
    async def plan() -> tuple[int, float | None, int | None]:
        found = await plan_experiment(
            desk, holdout_percent=10, smallest_effect=0.1, expected_filing=0.8
        )
        return found.needed, found.filing, found.days

    assert await plan() == (2237, None, None)
    settled = {"settled_at": desk.now(), "begun_at": desk.now() - WEEK, "channel": "ask_form"}
    await FormStart.bulk_create([FormStart(ticket_count=n % 4 > 0, **settled) for n in range(200)])

    assert await plan() == (2237, 0.75, 1018)
