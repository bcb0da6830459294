"""A desk whose articles can really be found, and what fills it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.knowledge.models import Article, Audience
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import SYSTEM
from foredesk.ports import Outcome
from tests.quiet_parts import NoHooks


async def publish(desk: Desk, title: str, body: str = "Some words.", **placement: Any) -> Article:
    article = await write_article(desk, SYSTEM, title=title, body=body, **placement)
    return await publish_article(desk, SYSTEM, article_id=article.id)


async def publish_for(desk: Desk, organization_id: UUID, title: str) -> Article:
    return await publish(
        desk, title, audience=Audience.ORGANIZATION, organization_id=organization_id
    )


@dataclass
class GivenAnswers(NoHooks):
    """A plugin host that answers each hook with what a test put in, and notes what it was asked."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    error: str | None = None

    async def collect(
        self, hook: str, organization_id: UUID | None, **facts: Any
    ) -> tuple[Outcome, ...]:
        self.asked.append((hook, facts))
        return (Outcome("given", self.answers[hook]),) if hook in self.answers else ()

    def at_hand(
        self, hook: str, organization_id: UUID | None, **facts: Any
    ) -> tuple[Outcome, ...] | None:
        return None

    async def fold(
        self, hook: str, organization_id: UUID | None, value: Any, **facts: Any
    ) -> tuple[Any, tuple[Outcome, ...]]:
        self.asked.append((hook, {"value": value, **facts}))
        return self.answers.get(hook, lambda value: value)(value), ()

    def listeners(self, hook: str, organization_id: UUID | None) -> tuple[str, ...]:
        return ("given",)

    async def deliver(
        self, hook: str, plugin: str, organization_id: UUID | None, **facts: Any
    ) -> Outcome:
        self.asked.append((hook, facts))
        return Outcome(plugin, error=self.error)


def advised(desk: Desk, **answers: Any) -> tuple[Desk, GivenAnswers]:
    hooks = GivenAnswers(answers)
    return replace(desk, hooks=hooks), hooks
