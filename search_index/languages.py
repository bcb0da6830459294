"""What differs between languages: words that say nothing, and stems."""

import re
from collections.abc import Callable
from typing import Any

from whoosh import lang
from whoosh.lang.stopwords import stoplists

JOINS_WORDS = frozenset({"de", "nl", "da", "sv", "nb", "nn", "no", "fi"})
"""Languages that write compounds in one word."""


def stemmer(language: str) -> Callable[[str], str]:
    """A function from a folded word to its stem; the word itself where no stemmer exists."""
    if language in _OWN_STEMMERS:
        return _OWN_STEMMERS[language]
    language = _SAME_STEMMER.get(language, language)
    if language in _PLURAL:
        return _without_plural(language)
    return _snowball(language)


def _snowball(language: str) -> Callable[[str], str]:
    if not _whoosh_lang.has_stemmer(language):
        return str
    stem: Callable[[str], str] = _whoosh_lang.stemmer_for_language(language)
    return stem


def stop_words(language: str) -> frozenset[str]:
    """Words left out of index and query, as people write them."""
    base: frozenset[str] = stoplists.get(_SAME_STEMMER.get(language, language), frozenset())
    return base | frozenset(_QUESTION_WORDS.get(language, "").split())


def _without_plural(language: str) -> Callable[[str], str]:
    """Snowball's French and German stems of a plural in s are not always the singular's."""
    stem = _snowball(language)
    plural = _PLURAL[language]
    return lambda word: stem(plural.sub("", word))


def _stem_arabic(word: str) -> str:
    for prefix in ("وال", "بال", "كال", "فال", "لل", "ال", "و"):
        if word.startswith(prefix) and len(word) - len(prefix) >= (3 if prefix == "و" else 2):
            word = word[len(prefix) :]
            break
    return _without_suffix(word, ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"))


def _stem_persian(word: str) -> str:
    return _without_suffix(word, ("هايي", "هاي", "ها", "ات", "ترين", "تر"))


def _without_suffix(word: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


_whoosh_lang: Any = lang  # untyped
_OWN_STEMMERS = {"ar": _stem_arabic, "fa": _stem_persian}
_PLURAL = {
    "fr": re.compile(r"(?<=\w{3}[^s])[sx]$"),
    "de": re.compile(r"(?<=\w{2}[aioy])s$"),
}
_SAME_STEMMER = {"nb": "no", "nn": "no"}

# Words of asking and of politeness: frequent in questions, and never what they are about.
_QUESTION_WORDS = {
    "en": """
        a able about after again all also am an and any anybody anyhow anyone anything anyway
        are aren as ask asked asking at be been being but by can cannot could couldn d did didn
        do does doesn doing don done each else for from get gets getting give given go goes
        going gone got had hadn has hasn have haven having he hello help her here hey hi him his
        how i if in instead into is isn issue issues it its just know let like liked likes ll m
        made make makes making many may me might mine more most much must mustn my need needed
        needing needs no nor not now of on one or other our ours out please possible possibly
        problem problems question questions re s same shall she should shouldn so some somebody
        somehow someone something still such t than thank thanks that the their them then there
        these they thing things this those to too tried tries try trying us use used using ve
        very want wanted wanting wants was wasn way ways we were weren what when where whether
        which while who whom whose why will wish wishing with won wonder wondering would wouldn
        yet you your yours""",
    "de": """
        bitte danke frage fragen funktioniert geht gibt hallo hilfe hilft kann klappt können
        konnte könnte möchte problem probleme weiß wer wie wieso warum weshalb wozu woher
        wohin wann wo guten tag""",
    "fr": """
        aide aider bonjour comment fonctionne marche merci peut peux plaît pourquoi pouvez
        problème problèmes question quel quelle quelles quels quand où s'il svp voudrais veux""",
    "es": """
        ayuda cómo cuándo cuál cuáles dónde favor funciona gracias hola por puedo puede problema
        problemas pregunta qué quiero""",
    "it": """
        aiuto ciao come domanda dove favore funziona grazie perché posso problema problemi può
        quale quali quando salve vorrei""",
    "pt": """
        ajuda como funciona favor obrigado obrigada olá onde pergunta posso pode por problema
        problemas qual quais quando quero""",
    "nl": """
        alstublieft bedankt dank hallo help hoe hulp kan kunnen probleem problemen vraag waar
        waarom wanneer welke werkt wie""",
    "ru": """
        вопрос здравствуйте как какая какие какой когда мне могу можно нужна нужно нужен
        пожалуйста помогите помощь почему привет проблема проблемы работает спасибо хочу где""",
    "uk": """
        але бо будь в вам ви від він вона вони все для до дякую з за і й із ж зі його її їх
        коли ласка мене мені можна на не ні о по при про проблема та так те ти то у це цей чи чому
        що як який які я допоможіть питання""",
    "pl": """
        a ale bo być co czy dla do i ich ile jak jaki jakie jest już się kiedy który lub ma mam
        mi mnie może można mój na nad nie o od po pod pomoc proszę problem przez przy są ta tak
        te ten to tu w we z za ze że dlaczego gdzie dziękuję pytanie""",
    "fa": """
        از است این آن با به برای بود تا چرا چطور چگونه چه چی خود در را رو شد شده شود کجا کدام
        کرد کردن کرده کنم کنید کند کنیم کی که لطفا ما من می ها های هر هست هستم هستند هم و یا یک
        اگر اما باید توانم دارد دارم ممنون سلام مشکل کمک سوال نمی آیا""",
    "ar": """
        إلى أن أنا أو أين أي إذا التي الذي الى ان او اي بعد بين تم ثم حتى حيث شكرا عن عند على
        في قبل قد كان كل كم كيف لا لكن لم لماذا لن له ما متى مرحبا مشكلة مع من من فضلك هذا هذه
        هل هناك هو هي و يا يمكن يمكنني أريد سؤال مساعدة""",
    "ja": "",
    "zh": "",
}
