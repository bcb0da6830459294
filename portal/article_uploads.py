"""Files of an article, added and taken away by those who write it."""

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput
from foredesk.knowledge.attach import attach_file, remove_attachment
from portal.authored import show
from portal.authors import ADDRESS, article_of, do
from portal.forms import Form
from portal.managing import id_sent
from portal.pages import desk_of
from portal.uploads import FilesForm
from portal.visits import visit_of


async def attach(request: Request, sent: FilesForm) -> Response:
    article = await article_of(request)

    async def act() -> None:
        file = sent.files.get("file")
        if file is None:
            raise InvalidInput("file", "Choose a file.")
        await attach_file(
            desk_of(request),
            visit_of(request).viewer,
            article_id=article.id,
            name=file.name,
            content=file.content,
        )

    back = f"{ADDRESS}/{article.id}#files"
    return await do(request, sent, act, show=show, back=back, field="file")


async def detach(request: Request, sent: Form) -> Response:
    article = await article_of(request)
    desk, viewer = desk_of(request), visit_of(request).viewer
    return await do(
        request,
        sent,
        lambda: remove_attachment(desk, viewer, attachment_id=id_sent(sent, "attachment")),
        show=show,
        back=f"{ADDRESS}/{article.id}#files",
        field="file",
    )
