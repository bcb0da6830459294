"""Words: subjects and texts of about the length that people write."""

from random import Random

THINGS = ("VPN", "printer", "laptop", "mailbox", "calendar", "badge", "phone", "wiki", "invoice")
TROUBLES = ("drops every hour", "asks for a password again", "is slow since Monday",
            "shows an empty page", "can't be reached from home", "lost my changes")  # fmt: skip
SENTENCES = (
    "It began after the update on Tuesday and happens on both of my machines.",
    "I restarted twice and cleared everything that the article names.",
    "Two colleagues on the same floor see the same, others do not.",
    "The customer waits for this, so today would be good.",
    "There is no message, the window simply closes.",
    "Thank you, I have passed this on to the people who run it.",
    "Please try once more with the cable, and tell us which light is on.",
    "We have changed the setting that was wrong, and it works for us.",
    "Could you send the number on the sticker at the back?",
    "It is better now, though it still takes a minute in the morning.",
)


class Words:
    def __init__(self, random: Random) -> None:
        self._random = random

    def subject(self) -> str:
        return f"{self._random.choice(THINGS)} {self._random.choice(TROUBLES)}"

    def text(self, most: int) -> str:
        return " ".join(self._random.choices(SENTENCES, k=1 + int(self._random.random() * most)))
