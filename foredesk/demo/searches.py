"""Searches: what the administrator told the search, and the questions that it must answer."""

from datetime import timedelta

from foredesk.demo.acts import Scene
from foredesk.demo.stage import Moments
from foredesk.knowledge.article_services import name_services
from foredesk.knowledge.golden import add_golden_query
from foredesk.knowledge.word_lists import revise_word_list

HOURS_BEFORE = 26
WORDS = {
    "en": (
        (("GlobalConnect", "VPN"), ("fob", "badge"), ("leave notice", "out of office")),
        ("umm",),
    ),
    "de": ((("Tunnel", "VPN"), ("Stempeluhr", "Zeiten buchen")), ("moin", "servus")),
}
QUESTIONS = (
    ("vpn keeps dropping", "vpn", "en", True),
    ("forgot my password", "password-reset", "en", True),
    ("printer does not print", "printer", "en", False),
    ("Drucker druckt nicht", "printer", "de", False),
)
ABOUT = {"vpn": "network", "password-reset": "accounts", "printer": "computers"}


async def keep_searches(scene: Scene) -> Moments:
    """An article is about a service, in every language; words and questions are everybody's."""
    desk, robin = scene.desk, scene.cast.viewers["Robin Castell"]
    for (translation, _), article in sorted(scene.cast.articles.items()):
        if service := ABOUT.get(translation):
            ids = [scene.cast.services[service]]
            await name_services(desk, robin, article_id=article.id, service_ids=ids)
    for text, translation, locale, is_binding in QUESTIONS:
        await add_golden_query(
            desk,
            robin,
            text=text,
            article_id=scene.cast.articles[translation, locale].id,
            is_binding=is_binding,
        )
    yield desk.now() + timedelta(minutes=10)
    for language, (synonyms, stop_words) in WORDS.items():
        await revise_word_list(
            desk, robin, language=language, synonyms=synonyms, stop_words=stop_words
        )
