from dataclasses import replace
from datetime import timedelta

from foredesk.desk import Desk
from foredesk.knowledge.experiment import end_suggestion_experiment, start_suggestion_experiment
from foredesk.knowledge.experiment_models import FormStart, SuggestionExperiment
from foredesk.knowledge.feedback import Votes, rate_article, votes
from foredesk.knowledge.models import ArticleRating, Deflection, DeflectionOutcome, Search
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from foredesk.self_service.figures import deflection_figures
from foredesk.self_service.retention import Forgetting, forget_searchers
from foredesk.self_service.searches import Span
from foredesk.tickets.record import record_ticket
from tests.clock import Clock
from tests.knowledge.desks import publish
from tests.people import make_organization, make_requester
from tests.self_service.searches import searched, told

OPENED, SOLVED, _ = DeflectionOutcome


async def test_who_searched_is_forgotten_and_every_figure_stays(desk: Desk, clock: Clock) -> None:
    acme = await make_organization(desk)
    ada, bob = await make_requester(desk, acme), await make_requester(desk, acme)
    article = await publish(desk, "T")
    await told(desk, ada, await searched(desk, ada, article, text="Ada's"), article, OPENED)
    await told(desk, bob, await searched(desk, bob, article), article, OPENED)
    await told(desk, ada, await searched(desk, ada, article), article, OPENED, SOLVED)
    await searched(desk, ANONYMOUS, visitor="v1", text="my name is Eve")
    await rate_article(desk, ada, article_id=article.id, helpful=False, comment="It is Ada.")
    ticket = await record_ticket(desk, ada, subject="By another way")
    experiment = await start_suggestion_experiment(desk, SYSTEM)
    await FormStart.create(
        channel="ask_form",
        begun_at=desk.now(),
        settled_at=desk.now(),
        person_id=ada.person_id,
        experiment_id=experiment.id,
        ticket_count=1,
    )
    await end_suggestion_experiment(desk, SYSTEM, experiment_id=experiment.id)
    before = desk.now() - timedelta(hours=1)
    clock.advance(timedelta(days=180))
    recent = await searched(desk, ada, article, text="Recent")
    clock.advance(timedelta(hours=1))
    span = Span(since=before, until=desk.now())
    figures = await deflection_figures(desk, SYSTEM, span=span)

    assert await forget_searchers(desk) == 7

    assert await deflection_figures(desk, SYSTEM, span=span) == figures
    assert figures.whole.failed.count == figures.whole.potential.count == 1
    rows = await Search.exclude(id=recent.id).values_list("text", "person_id", "visitor")
    assert set(rows) == {("", None, None)}
    assert (await Search.get(id=recent.id)).person_id == ada.person_id
    assert await Deflection.filter(ticket_id=ticket.id).count() == 1
    rating = await ArticleRating.get()
    assert (rating.person_id, rating.comment) == (None, "")
    assert await votes([article.id]) == {article.id: Votes(0, 1)}
    start = await FormStart.get()
    assert (start.person_id, start.ticket_count) == (None, 1)
    assert (await SuggestionExperiment.get()).salt is None
    assert await forget_searchers(desk) == 0


async def test_it_looks_once_an_hour_and_not_at_all_where_all_is_kept(
    desk: Desk, clock: Clock
) -> None:
    forgetting = Forgetting(desk)
    await forgetting()
    await searched(desk, ANONYMOUS, visitor="v1")
    await Search.all().update(created_at=clock.now - timedelta(days=365))
    await forgetting()
    assert await Search.exists(visitor="v1")
    keeping = replace(desk, settings=replace(desk.settings, searchers_kept_days=0))
    assert await forget_searchers(keeping) == 0

    clock.advance(timedelta(hours=1))
    await forgetting()

    assert not await Search.exists(visitor="v1")
