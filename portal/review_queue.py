"""The review queue: what waits for somebody to look at it before people read it."""

from starlette.requests import Request
from starlette.responses import Response

from foredesk.knowledge.review_queue import review_queue
from portal.managing import SHOWN_AT_MOST
from portal.pages import page
from portal.people_named import names_of
from portal.visits import visit_of


async def show(request: Request) -> Response:
    """What has waited longest comes first."""
    viewer = visit_of(request).viewer
    waiting = await review_queue(viewer, first=SHOWN_AT_MOST)
    return page(
        request,
        "review_queue.html",
        waiting=waiting,
        names=await names_of(viewer, [one.by_id for one in waiting]),
    )
