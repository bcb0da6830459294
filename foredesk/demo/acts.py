"""Acts: every single thing that people do about one request of the demo, by the use cases."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from foredesk.demo import cast as casting
from foredesk.demo.cast import Cast
from foredesk.demo.office import Office
from foredesk.demo.people import DESK, INFRASTRUCTURE
from foredesk.demo.plot import Plan
from foredesk.demo.topics import Case
from foredesk.demo.words import Words
from foredesk.desk import Desk
from foredesk.knowledge.answering import search_articles, suggest_articles
from foredesk.knowledge.deflection import open_article, record_deflection
from foredesk.knowledge.models import Article, DeflectionOutcome
from foredesk.people.viewer import Viewer
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.models import TicketKind
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket


@dataclass(frozen=True, slots=True)
class Scene:
    """What all histories of one demo share."""

    desk: Desk
    cast: Cast
    offices: dict[str, Office]


@dataclass(slots=True)
class Acts:
    """One request, the people around it, and what they can do."""

    scene: Scene
    plan: Plan
    words: Words = field(init=False)
    chance: random.Random = field(init=False)
    requester: Viewer = field(init=False)
    agent: str = field(init=False)
    """Name of who has it."""
    ticket_id: UUID = field(init=False)
    search_id: UUID | None = None
    _greeted: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.words = self.plan.words()
        self.chance = random.Random(f"{self.plan.seed}:history")
        self.requester = self.scene.cast.viewer(self.plan.requester)
        first_line = casting.first_line(self.plan.company)
        starts = self.plan.path.starts_with_solver
        self.agent = self._solver() if starts else self.chance.choice(first_line)

    async def _search(self) -> None:
        """On the search page or while typing the subject; sometimes a page is opened in vain."""
        desk, topic = self.scene.desk, self.plan.topic
        if self.chance.random() < 0.6:
            text = self.chance.choice(self.words.wording.searches[topic.key])
            found = await search_articles(desk, self.requester, text=text)
        else:
            found = await suggest_articles(
                desk, self.requester, subject=self._subject(), details=self._details()
            )
        self.search_id = found.search_id
        if self.plan.path.opened_an_article and found.hits:
            article = found.hits[0].article
            await self._read_in_vain(article)

    async def _read_in_vain(self, article: Article) -> None:
        desk = self.scene.desk
        await open_article(desk, self.requester, slug=article.slug, search_id=self.search_id)
        if self.search_id and self.chance.random() < 0.5:
            await record_deflection(
                desk,
                self.requester,
                search_id=self.search_id,
                article_id=article.id,
                outcome=DeflectionOutcome.NOT_HELPFUL,
            )

    async def _ask(self) -> None:
        """People say how soon it hurts, agents on the phone everything they know."""
        plan, by_phone = self.plan, self.plan.channel == "phone"
        knows = by_phone or self.chance.random() < 0.4
        ticket = await record_ticket(
            self.scene.desk,
            self._agent_viewer if by_phone else self.requester,
            subject=self._subject(),
            details=self._details(),
            requester_id=self.requester.person_id,
            kind=plan.topic.kind if by_phone else None,
            impact=plan.impact if knows else None,
            urgency=plan.urgency if knows or self.chance.random() < 0.5 else None,
            service_id=self._service_id if knows else None,
            search_id=self.search_id,
            channel=plan.channel,
        )
        self.ticket_id = ticket.id

    async def _answer(self) -> None:
        """Somebody takes it, sorts it in, and says so or helps at once."""
        await self._take(self.agent)
        await classify_ticket(
            self.scene.desk,
            self._agent_viewer,
            ticket_id=self.ticket_id,
            kind=self.plan.topic.kind,
            category=self.plan.topic.key,
            impact=self.plan.impact,
            urgency=self.plan.urgency,
            service_id=self._service_id,
        )
        article = self._article if self.plan.path.by_article else None
        if article is not None:
            opening, closing = "„“" if article.locale == "de" else "“”"
            title = f"{opening}{article.title}{closing}."
            words = self.words.phrase("sent_article", article=title)
            await self._reply(words, article=article)
        elif self.plan.path.solved_after > 0.4:
            is_fault = self.plan.topic.kind is TicketKind.INCIDENT
            sorry = is_fault and self.chance.random() < 0.4
            await self._reply(self.words.phrase("sorry" if sorry else "taken"))

    async def _take(self, name: str) -> None:
        self.agent = name
        await assign_ticket(
            self.scene.desk,
            self.scene.cast.viewers[name],
            ticket_id=self.ticket_id,
            team_id=self.scene.cast.team_of(name),
            assignee_id=self.scene.cast.viewers[name].person_id,
        )

    async def _reply(
        self, body: str, *, article: Article | None = None, waits: bool = False
    ) -> None:
        greets = self.agent not in self._greeted
        self._greeted.add(self.agent)
        await add_reply(
            self.scene.desk,
            self._agent_viewer,
            ticket_id=self.ticket_id,
            body=self.words.letter(body, agent=self._first_name, greets=greets),
            waits_for_requester=waits,
            article_ids=[article.id] if article else (),
        )

    async def _ask_back(self) -> None:
        await self._reply(self.words.fill(self._case.ask), waits=True)

    async def _note(self) -> None:
        await self._write_note(self.words.fill(self._case.note))

    async def _write_note(self, body: str) -> None:
        await add_internal_note(
            self.scene.desk, self._agent_viewer, ticket_id=self.ticket_id, body=body
        )

    async def _hand_over(self) -> None:
        await self._write_note(self.words.phrase("handoffs"))
        await self._take(self._solver())
        await self._reply(self.words.phrase("takeovers", agent=self._first_name))

    async def _estimate(self, hours: float, *, is_first: bool) -> None:
        await set_estimated_repair(
            self.scene.desk,
            self._agent_viewer,
            ticket_id=self.ticket_id,
            at=_to_the_quarter(self._later(max(0.3, hours))),
            latest_at=_to_the_quarter(self._later(1.8 * max(0.3, hours) + 0.5)),
            reason=self.words.nth_phrase("estimates", 0 if is_first else 1),
        )

    async def _escalate(self) -> None:
        """To the specialists if they don't have it yet, else to the coordinator."""
        cast = self.scene.cast
        up = cast.team_of(self.agent) == cast.teams[INFRASTRUCTURE] or not self._for_specialists
        await escalate_ticket(
            self.scene.desk,
            self._agent_viewer,
            ticket_id=self.ticket_id,
            reason=self.words.phrase("escalations"),
            team_id=None if up else cast.teams[INFRASTRUCTURE],
            person_id=cast.viewers[casting.COORDINATOR].person_id if up else None,
        )
        if not up:
            await self._take(self._solver())

    async def _nudge(self) -> None:
        await add_reply(
            self.scene.desk,
            self.requester,
            ticket_id=self.ticket_id,
            body=self.words.phrase("nudges"),
        )

    async def _resolve(self, solution: str) -> None:
        path = self.plan.path
        article = self._article if path.by_article or self.chance.random() < 0.3 else None
        await resolve_ticket(
            self.scene.desk,
            self._agent_viewer,
            ticket_id=self.ticket_id,
            resolution=self.words.fill(solution),
            article_ids=[article.id] if article else (),
        )

    @property
    def _agent_viewer(self) -> Viewer:
        return self.scene.cast.viewers[self.agent]

    @property
    def _first_name(self) -> str:
        return self.agent.split()[0]

    @property
    def _agent_names(self) -> dict[str, str]:
        return {"agent": self.agent, "agent_first": self._first_name}

    @property
    def _for_specialists(self) -> bool:
        return self.plan.topic.solved_by != DESK

    @property
    def _article(self) -> Article | None:
        return self.scene.cast.article_for(self.plan.topic.article, self.plan.company)

    @property
    def _service_id(self) -> UUID:
        return self.scene.cast.services[self.plan.topic.service]

    def _solver(self) -> str:
        among = casting.specialists if self._for_specialists else casting.first_line
        return self.chance.choice(among(self.plan.company))

    def _subject(self) -> str:
        chance = random.Random(f"{self.plan.seed}:subject")
        return self.words.fill(chance.choice(self._case.subjects))

    def _details(self) -> str:
        chance = random.Random(f"{self.plan.seed}:details")
        return self.words.fill(chance.choice(self._case.details))

    def _now(self) -> datetime:
        return self.scene.desk.now()

    def _later(self, hours: float) -> datetime:
        """So many working hours from now; hours of the day if the office does not matter."""
        if self.plan.path.by_day:
            return self._now() + timedelta(hours=max(hours, 0.02))
        return self.scene.offices[self.plan.company].after(self._now(), hours)

    @property
    def _case(self) -> Case:
        return self.words.wording.cases[self.plan.topic.key][self.plan.case]


def _to_the_quarter(at: datetime) -> datetime:
    """The next full quarter of an hour: nobody promises 14:07:23."""
    past = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at - past + timedelta(minutes=15) if past else at
