"""The experiment: what suggestions are worth, and the switch that keeps them back from some."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput
from foredesk.knowledge.experiment import (
    USUAL_EFFECT,
    USUAL_FILING,
    USUAL_PERCENT,
    end_suggestion_experiment,
    start_suggestion_experiment,
)
from foredesk.people.policy import Act, may
from foredesk.self_service.result import experiment_result, latest_experiment, plan_experiment
from portal import measures_words
from portal.acting import NOTHING_TYPED, Typed
from portal.doors import FormView, View, form, members
from portal.forms import Form
from portal.managing import do, id_sent
from portal.pages import desk_of, page
from portal.visits import visit_of

ADDRESS = "/answers/experiment"
SHARES = (10, 20, 30, 40, 50)


def experimenters(view: View) -> View:
    """Raises HTTPException 404 for everybody else: it is not theirs to know of."""

    async def endpoint(request: Request) -> Response:
        _check(request)
        return await view(request)

    return members(endpoint)


def experimenters_form(view: FormView) -> View:
    async def checked(request: Request, sent: Form) -> Response:
        _check(request)
        return await view(request, sent)

    return form(checked)


async def show(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    desk, visit = desk_of(request), visit_of(request)
    viewer = visit.viewer
    experiment = await latest_experiment(viewer)
    found = None
    if experiment is not None:
        found = await experiment_result(desk, viewer, experiment=experiment)
    plans = [
        (
            share,
            await plan_experiment(
                desk,
                holdout_percent=share,
                smallest_effect=USUAL_EFFECT,
                expected_filing=USUAL_FILING,
            ),
        )
        for share in SHARES
    ]
    return page(
        request,
        "answers_experiment.html",
        status=typed.status,
        typed=typed,
        problems=typed.problems,
        experiment=experiment,
        found=found,
        plans=plans,
        shares=[(share, measures_words.percent(visit.words, share / 100)) for share in SHARES],
        usual={
            "holdoutPercent": USUAL_PERCENT,
            "smallestEffect": round(100 * USUAL_EFFECT),
            "expectedFiling": round(100 * USUAL_FILING),
        },
        measuring=measures_words,
    )


async def start(request: Request, sent: Form) -> Response:
    async def act() -> None:
        await start_suggestion_experiment(
            desk_of(request),
            visit_of(request).viewer,
            holdout_percent=_percent(sent, "holdoutPercent"),
            smallest_effect=_percent(sent, "smallestEffect") / 100,
            expected_filing=_percent(sent, "expectedFiling") / 100,
        )

    return await do(request, sent, act, show=show, back=ADDRESS, field="holdoutPercent")


async def end(request: Request, sent: Form) -> Response:
    async def act() -> None:
        await end_suggestion_experiment(
            desk_of(request),
            visit_of(request).viewer,
            experiment_id=id_sent(sent, "experiment"),
        )

    return await do(request, sent, act, show=show, back=ADDRESS, field="holdoutPercent")


def _percent(sent: Form, name: str) -> int:
    """Raises InvalidInput for what is no whole number."""
    text = sent[name].strip()
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise InvalidInput(name, "Give a whole number of percent.")
    return int(text)


def _check(request: Request) -> None:
    if not may(visit_of(request).viewer, Act.RUN_EXPERIMENT):
        raise HTTPException(404)
