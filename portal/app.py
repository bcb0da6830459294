"""The portal as one ASGI application: every address and the view behind it."""

from starlette.applications import Starlette
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.oidc import Providers
from portal import (
    absence,
    account,
    agreements,
    article,
    article_care,
    article_files,
    article_translations,
    article_uploads,
    article_versions,
    ask,
    asked,
    authored,
    authoring,
    board,
    calendars,
    editor,
    elsewhere,
    estimates,
    failures,
    golden_queries,
    home,
    joining,
    measures,
    organizations,
    outbox,
    people,
    proposals,
    publishing_rules,
    replay,
    report,
    report_work,
    reports,
    request,
    requests,
    review_queue,
    search,
    search_words,
    self_service,
    service_accounts,
    several,
    sign_in,
    survey,
    teams,
    ticket_articles,
    tokens,
    work,
)
from portal.assets import asset
from portal.authors import authors, authors_form, authors_upload
from portal.doors import View, agents, agents_form, anybody, form, members
from portal.managing import managers, managers_form
from portal.middleware import Crashes, Recognition, Visits
from portal.service_accounts import administrators, administrators_form


def create(desk: Desk, providers: Providers | None = None) -> Starlette:
    """Mount it last, at "/": it answers every address it does not know with its own 404."""
    portal = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(Visits, desk=desk),
            Middleware(GZipMiddleware, minimum_size=500, compresslevel=6),
            Middleware(Crashes, answer=failures.crash),
            Middleware(Recognition, desk=desk),
        ],
        exception_handlers={
            HTTPException: failures.http_failure,
            DeskError: failures.desk_refusal,
        },
    )
    portal.state.desk = desk
    portal.state.providers = providers or Providers(desk.settings)
    return portal


class _TicketNumber(IntegerConvertor):
    """Python refuses to read numbers of thousands of digits; no ticket has one."""

    regex = "[0-9]{1,10}"


register_url_convertor("ticket", _TicketNumber())


def _get(path: str, view: View) -> Route:
    return Route(path, view, methods=["GET"])


def _post(path: str, view: View) -> Route:
    return Route(path, view, methods=["POST"])


ROUTES = [
    _get("/", anybody(home.show)),
    _get("/search", anybody(search.show)),
    _get("/articles/{slug}", anybody(article.show)),
    _get("/files/{id}", anybody(article_files.send)),
    _post("/articles/{slug}/feedback", form(article.rate, by_members=False)),
    _get("/ask", anybody(ask.show)),
    _post("/ask", form(ask.send)),
    _get("/ask/articles", anybody(ask.show)),
    _post("/ask/articles", form(ask.look, by_members=False)),
    _get("/answered", anybody(ask.thanks)),
    _post("/answered", form(ask.answered, by_members=False)),
    _get("/requests", members(requests.show)),
    _get("/requests.csv", members(requests.download)),
    _get("/requests/{number:ticket}", members(request.show)),
    _post("/requests/{number:ticket}/reply", form(request.reply)),
    _post("/requests/{number:ticket}/confirm", form(request.confirm)),
    _post("/requests/{number:ticket}/refuse", form(request.refuse)),
    _post("/requests/{number:ticket}/reopen", form(request.reopen)),
    _get("/requests/{number:ticket}/report", members(report.show)),
    _get("/requests/{number:ticket}/report.md", members(reports.download)),
    _post("/requests/{number:ticket}/report/accept", form(report.accept)),
    _post("/requests/{number:ticket}/report/refuse", form(report.refuse)),
    _get("/survey/{token}", anybody(survey.show)),
    _post("/survey/{token}", form(survey.answer, by_members=False)),
    _post("/survey/{token}/stop", form(survey.stop, by_members=False)),
    _get("/sign-in", anybody(sign_in.show)),
    _get("/sign-in/with/{provider}", anybody(elsewhere.begin)),
    _get("/sign-in/with/{provider}/callback", anybody(elsewhere.come_back)),
    _post("/sign-in", form(sign_in.enter, by_members=False)),
    _post("/sign-out", form(sign_in.leave, by_members=False)),
    _post("/language", form(sign_in.choose_language, by_members=False)),
    _get("/board", agents(board.show)),
    _post("/board", agents_form(several.act)),
    _post("/board/asked", agents_form(asked.seen)),
    _get("/board/{number:ticket}", agents(work.show)),
    _post("/board/{number:ticket}/take", agents_form(work.take)),
    _post("/board/{number:ticket}/assign", agents_form(work.assign)),
    _post("/board/{number:ticket}/reply", agents_form(work.reply)),
    _post("/board/{number:ticket}/note", agents_form(work.note)),
    _post("/board/{number:ticket}/estimate", agents_form(work.estimate)),
    _post("/board/{number:ticket}/classify", agents_form(work.classify)),
    _post("/board/{number:ticket}/escalate", agents_form(work.escalate)),
    _post("/board/{number:ticket}/resolve", agents_form(work.resolve)),
    _post("/board/{number:ticket}/find", agents_form(ticket_articles.find)),
    _post("/board/{number:ticket}/insert", agents_form(ticket_articles.insert)),
    _post("/board/{number:ticket}/link", agents_form(ticket_articles.link)),
    _post("/board/{number:ticket}/unlink", agents_form(ticket_articles.unlink)),
    _post("/board/{number:ticket}/draft-article", agents_form(ticket_articles.draft)),
    _post("/board/{number:ticket}/pause", agents_form(joining.pause)),
    _post("/board/{number:ticket}/resume", agents_form(joining.resume)),
    _post("/board/{number:ticket}/merge", agents_form(joining.merge)),
    _post("/board/{number:ticket}/unmerge", agents_form(joining.unmerge)),
    _post("/board/{number:ticket}/split", agents_form(joining.split)),
    _post("/board/{number:ticket}/move", agents_form(joining.move)),
    _get("/board/{number:ticket}/report", agents(report_work.show)),
    _get("/board/{number:ticket}/report.md", agents(reports.download)),
    _post("/board/{number:ticket}/report/draft", agents_form(report_work.draft)),
    _post("/board/{number:ticket}/report/revise", agents_form(report_work.revise)),
    _post("/board/{number:ticket}/report/send", agents_form(report_work.send)),
    _post("/board/{number:ticket}/report/discard", agents_form(report_work.discard)),
    _post("/board/{number:ticket}/report/done", agents_form(report_work.done)),
    _get("/estimates", agents(estimates.show)),
    _get("/estimates.csv", agents(estimates.download)),
    _get("/outbox", members(outbox.show)),
    _get("/account", members(account.show)),
    _post("/account/sessions", form(account.end)),
    _get("/account/tokens", members(tokens.show)),
    _post("/account/tokens", form(tokens.create)),
    _post("/account/tokens/revoke", form(tokens.revoke)),
    _get("/service-accounts", administrators(service_accounts.show)),
    _post("/service-accounts", administrators_form(service_accounts.create)),
    _get("/service-accounts/{account}", administrators(service_accounts.show_one)),
    _post("/service-accounts/{account}/tokens", administrators_form(service_accounts.create_token)),
    _post(
        "/service-accounts/{account}/tokens/revoke",
        administrators_form(service_accounts.revoke_token),
    ),
    _post("/service-accounts/{account}/end", administrators_form(service_accounts.deactivate)),
    _get("/people", managers(people.show)),
    _post("/people", managers_form(people.create)),
    _get("/people/{id}", managers(people.show_one)),
    _post("/people/{id}", managers_form(people.change)),
    _post("/people/{id}/move", managers_form(people.move)),
    _post("/people/{id}/grant", managers_form(people.grant)),
    _post("/people/{id}/revoke", managers_form(people.revoke)),
    _post("/people/{id}/deactivate", managers_form(people.deactivate)),
    _post("/people/{id}/reactivate", managers_form(people.reactivate)),
    _get("/teams", managers(teams.show)),
    _post("/teams", managers_form(teams.create)),
    _get("/teams/{id}", managers(teams.show_one)),
    _post("/teams/{id}", managers_form(teams.rename)),
    _post("/teams/{id}/add", managers_form(teams.add)),
    _post("/teams/{id}/remove", managers_form(teams.remove)),
    _post("/teams/{id}/serve", managers_form(teams.serve)),
    _post("/teams/{id}/serve-no-more", managers_form(teams.serve_no_more)),
    _get("/organizations", managers(organizations.show)),
    _post("/organizations", managers_form(organizations.create)),
    _get("/organizations/{id}", managers(organizations.show_one)),
    _post("/organizations/{id}", managers_form(organizations.change)),
    _get("/agreements", managers(agreements.show)),
    _post("/agreements", managers_form(agreements.bring_in)),
    _post("/agreements/replay", managers_form(replay.replay)),
    _get("/agreements/{id}", managers(agreements.show_one)),
    _get("/agreements/{id}/file.{format:str}", managers(agreements.download)),
    _post("/calendars", managers_form(calendars.create)),
    _get("/calendars/new", managers(calendars.show_new)),
    _get("/calendars/{id}", managers(calendars.show_one)),
    _post("/calendars/{id}", managers_form(calendars.revise)),
    _post("/calendars/{id}/except", managers_form(calendars.except_day)),
    _post("/calendars/{id}/usual", managers_form(calendars.usual_day)),
    _get("/calendars/{id}/holidays", managers(calendars.look_through)),
    _post("/calendars/{id}/holidays", managers_form(calendars.take)),
    _post("/calendars/{id}/import", managers_form(calendars.look_into)),
    _get("/authoring", authors(authoring.show)),
    _post("/authoring", authors_form(editor.create)),
    _get("/authoring/review", authors(review_queue.show)),
    _get("/authoring/translations", authors(article_translations.show)),
    _get("/authoring/rules", authors(publishing_rules.show)),
    _post("/authoring/rules", authors_form(publishing_rules.change)),
    _post("/authoring/seen", authors_form(authoring.seen)),
    _get("/authoring/words", authors(search_words.show)),
    _post("/authoring/words", authors_form(search_words.revise)),
    _get("/authoring/golden", authors(golden_queries.show)),
    _post("/authoring/golden", authors_form(golden_queries.add)),
    _post("/authoring/golden/run", authors_form(golden_queries.run)),
    _post("/authoring/golden/{id}", authors_form(golden_queries.change)),
    _post("/authoring/golden/{id}/remove", authors_form(golden_queries.remove)),
    _get("/authoring/new", authors(editor.show_new)),
    _get("/authoring/{id}", authors(authored.show)),
    _get("/authoring/{id}/edit", authors(editor.show)),
    _post("/authoring/{id}/edit", authors_form(editor.save)),
    _get("/authoring/{id}/care", authors(article_care.show)),
    _post("/authoring/{id}/assign", authors_form(article_care.assign)),
    _post("/authoring/{id}/look", authors_form(article_care.look_over)),
    _post("/authoring/{id}/schedule", authors_form(article_care.schedule)),
    _post("/authoring/{id}/services", authors_form(article_care.name)),
    _post("/authoring/{id}/original", authors_form(article_translations.link)),
    _post("/authoring/{id}/place", authors_form(article_care.place)),
    _get("/authoring/{id}/versions", authors(article_versions.show)),
    _get("/authoring/{id}/differences", authors(article_versions.compare)),
    _post("/authoring/{id}/restore", authors_form(article_versions.restore)),
    _post("/authoring/{id}/accept", authors_form(proposals.accept)),
    _post("/authoring/{id}/decline", authors_form(proposals.decline)),
    _post("/authoring/{id}/files", authors_upload(article_uploads.attach)),
    _post("/authoring/{id}/files/remove", authors_form(article_uploads.detach)),
    _post("/authoring/{id}/current", authors_form(article_translations.mark_current)),
    _post("/authoring/{id}/submit", authors_form(authored.submit)),
    _post("/authoring/{id}/return", authors_form(authored.give_back)),
    _post("/authoring/{id}/publish", authors_form(authored.publish)),
    _post("/authoring/{id}/retire", authors_form(authored.retire)),
    _get("/absence", agents(absence.show)),
    _post("/absence", agents_form(absence.leave)),
    _post("/absence/cancel", agents_form(absence.come_back)),
    _get("/answers", self_service.figuring(self_service.show)),
    _get("/answers.csv", self_service.figuring(self_service.download)),
    _get("/measures", measures.measuring(measures.show)),
    _get("/measures.csv", measures.measuring(measures.download)),
    _get("/measures/backlog.csv", measures.measuring(measures.download_backlog)),
    _get("/measures/chart.csv", measures.measuring(measures.download_chart)),
    _get("/measures/backlog.svg", measures.measuring(measures.draw_days)),
    _get("/measures/chart.svg", measures.measuring(measures.draw_chart)),
    _get("/static/{name}", asset),
]
