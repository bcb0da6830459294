"""Letters: texts of mails, kept as files, one folder a language. The first line is the subject."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Template

FALLBACK = "en"


def written(package: str, name: str, locale: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """Subject and text of `package/letters/<language>/<name>.txt`; English where there is none.

    Raises KeyError when a fact is missing: half a letter is never sent.
    """
    subject, text = _letter(package, name, locale.replace("_", "-").split("-")[0].lower())
    return subject.substitute(facts), text.substitute(facts)


@cache
def _letter(package: str, name: str, language: str) -> tuple[Template, Template]:
    folder = files(package).joinpath("letters")
    chosen = language if language.isalpha() else FALLBACK
    letter = folder.joinpath(chosen, f"{name}.txt")
    if not letter.is_file():
        letter = folder.joinpath(FALLBACK, f"{name}.txt")
    subject, _, text = letter.read_text(encoding="utf-8").partition("\n\n")
    return Template(subject.strip()), Template(text.strip() + "\n")
