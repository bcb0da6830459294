"""Opinions: whoever is invited to a survey finds the link in their mail, and may answer."""

import random
import re
from collections.abc import Callable
from datetime import timedelta

from foredesk.demo.stage import Moments
from foredesk.demo.topics import wording
from foredesk.desk import Desk
from foredesk.people.viewer import ANONYMOUS
from foredesk.ports import Mail, Mailer
from foredesk.surveys.answer import answer_survey, open_survey
from foredesk.tickets.models import Ticket

_LINK = re.compile(r"/survey/(\S+)")
_ANSWER_RATE = 0.62


class ReadMailer:
    """The Mailer port with people at the other end.

    `on_invitation` is called with each invitation to a survey and the token of its link.
    """

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer
        self.on_invitation: Callable[[Mail, str], None] = _leave_it

    async def send(self, mail: Mail) -> None:
        await self._mailer.send(mail)
        if link := _LINK.search(mail.text):
            self.on_invitation(mail, link[1])


async def give_opinion(desk: Desk, seed: str, mail: Mail, token: str) -> Moments:
    """Open the link after a while and answer by what happened to the request, or don't."""
    chance = random.Random(f"{seed}:{mail.to}:{desk.now():%Y%m%d%H}")
    if chance.random() > _ANSWER_RATE:
        return
    yield desk.now() + timedelta(hours=chance.lognormvariate(1.2, 1.1))
    survey = await open_survey(desk, ANONYMOUS, token=token)
    ticket = await Ticket.get(id=survey.invitation.ticket_id)
    yield desk.now() + timedelta(seconds=chance.uniform(30, 200))
    await answer_survey(
        desk,
        ANONYMOUS,
        token=token,
        answers=_answers(chance, ticket, mail.locale),
        language=mail.locale,
    )


def _answers(chance: random.Random, ticket: Ticket, locale: str) -> dict[str, int | str]:
    """Happier about what was solved soon and at the first attempt."""
    days = (ticket.closed_at - ticket.opened_at).days if ticket.closed_at else 0
    trouble = ticket.refusal_count + ticket.reopen_count + (ticket.hand_off_count > 1)
    mood = chance.gauss(4.55, 0.6) - 0.9 * trouble - 0.06 * min(days, 12)
    satisfaction = min(5, max(1, round(mood)))
    words = wording("de" if locale.startswith("de") else "en")
    answers: dict[str, int | str] = {"satisfaction": satisfaction}
    if chance.random() < 0.9:
        answers["loyalty"] = min(10, max(0, round(2.05 * mood + chance.gauss(-0.3, 0.8))))
    if satisfaction >= 4:
        answers["liked"] = chance.choice(words.phrases["liked"])
    if satisfaction <= 3 or chance.random() < 0.2:
        answers["not_liked"] = chance.choice(words.phrases["disliked"])
    return {key: answer for key, answer in answers.items() if answer != ""}


def _leave_it(mail: Mail, token: str) -> None:
    """Nobody reads it."""
