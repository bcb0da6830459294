"""Templates: what an article of a kind begins with, in the author's language.

What stands below the anchor `workaround` is what people are told who wait for a known error.
"""

from dataclasses import dataclass

from foredesk.knowledge.models import ArticleKind


@dataclass(frozen=True, slots=True)
class ArticleTemplate:
    """`body` is Markdown with the headings that an article of the kind has."""

    kind: ArticleKind
    name: str
    purpose: str
    body: str


def article_templates(locale: str) -> tuple[ArticleTemplate, ...]:
    """One for each kind; in English where there are none in the language."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return _TEMPLATES.get(language, _TEMPLATES["en"])


def template_of(kind: ArticleKind, locale: str) -> ArticleTemplate:
    return next(one for one in article_templates(locale) if one.kind is kind)


def _template(
    kind: ArticleKind, name: str, purpose: str, *parts: tuple[str, str]
) -> ArticleTemplate:
    body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in parts)
    return ArticleTemplate(kind, name, purpose, f"{body}\n" if body else "")


_TEMPLATES: dict[str, tuple[ArticleTemplate, ...]] = {
    "en": (
        _template(ArticleKind.ARTICLE, "Article", "Anything else, without given parts"),
        _template(
            ArticleKind.QUESTION,
            "Question and answer",
            "A question in the words of who asks it, and a short answer",
            ("Question", "As people ask it, in their own words."),
            ("Answer", "The answer first, in one or two sentences. Then what else they need."),
        ),
        _template(
            ArticleKind.HOW_TO,
            "How-to",
            "Steps that lead to a result",
            ("What you need", "- Rights, devices, time"),
            ("Steps", "1. One act a step.\n2. Say what they see after it."),
            ("How you know that it worked", "What is different now."),
            ("If it did not work", "What to try, and whom to ask."),
        ),
        _template(
            ArticleKind.KNOWN_ERROR,
            "Known error",
            "Something that is broken, and how to work until it is repaired",
            ("What you see", "The message, word by word, and when it comes."),
            ("Who is affected", "Devices, versions, places."),
            ("What to do until it is repaired {#workaround}", "1. The workaround, step by step."),
            ("Cause", "What is known of it."),
            ("When it will be repaired", "What is planned. Nothing that nobody promised."),
        ),
    ),
    "de": (
        _template(ArticleKind.ARTICLE, "Artikel", "Alles andere, ohne vorgegebene Teile"),
        _template(
            ArticleKind.QUESTION,
            "Frage und Antwort",
            "Eine Frage in den Worten derer, die sie stellen, und eine kurze Antwort",
            ("Frage", "So, wie sie gestellt wird, in den Worten der Fragenden."),
            ("Antwort", "Zuerst die Antwort, in ein, zwei Sätzen. Dann, was man noch braucht."),
        ),
        _template(
            ArticleKind.HOW_TO,
            "Anleitung",
            "Schritte, die zu einem Ergebnis führen",
            ("Was Sie brauchen", "- Rechte, Geräte, Zeit"),
            ("Schritte", "1. Eine Handlung je Schritt.\n2. Sagen, was danach zu sehen ist."),
            ("Woran Sie sehen, dass es geklappt hat", "Was jetzt anders ist."),
            ("Wenn es nicht geklappt hat", "Was man versuchen und wen man fragen kann."),
        ),
        _template(
            ArticleKind.KNOWN_ERROR,
            "Bekannter Fehler",
            "Etwas ist kaputt, und so arbeitet man, bis es repariert ist",
            ("Was Sie sehen", "Die Meldung, Wort für Wort, und wann sie kommt."),
            ("Wer betroffen ist", "Geräte, Versionen, Orte."),
            (
                "Was Sie bis zur Reparatur tun können {#workaround}",
                "1. Der Umweg, Schritt für Schritt.",
            ),
            ("Ursache", "Was man von ihr weiß."),
            ("Wann es repariert ist", "Was geplant ist. Nichts, was niemand versprochen hat."),
        ),
    ),
}
