"""Words: templates of the demo's wording, filled in so that one story keeps to itself."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from foredesk.demo.topics import Wording

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE_ENDS = (". ", "! ", "? ")


@dataclass(frozen=True, slots=True)
class Words:
    """One ticket's words: the same room, printer and colleague from beginning to end."""

    wording: Wording
    filling: Mapping[str, str]
    chance: random.Random

    @classmethod
    def of(cls, wording: Wording, chance: random.Random, **names: str) -> "Words":
        slots = {name: chance.choice(values) for name, values in wording.slots.items()}
        number = str(chance.randint(100, 999))
        return cls(wording, {**slots, "number": number, **names}, chance)

    def fill(self, template: str, **more: str) -> str:
        """The template with its slots filled, its sentences beginning with capitals."""
        filling = {**self.filling, **more}

        def value(found: re.Match[str]) -> str:
            text = filling[found[1]]
            before = template[: found.start()]
            begins = not before or before.endswith(_SENTENCE_ENDS)
            return _capitalized(text) if begins else text

        return _SLOT.sub(value, template)

    def phrase(self, name: str, **more: str) -> str:
        """Any of the phrases of this name."""
        return self.fill(self.chance.choice(self.wording.phrases[name]), **more)

    def nth_phrase(self, name: str, position: int) -> str:
        return self.fill(self.wording.phrases[name][position])

    def letter(self, body: str, *, agent: str, greets: bool) -> str:
        """What an agent writes: greeted the first time, signed always."""
        signed = self.phrase("closings", agent=agent)
        parts = [_capitalized(body), signed]
        return "\n\n".join([self.phrase("greetings"), *parts] if greets else parts)


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
