"""The domain's policy as a condition: the same rows, by whatever form it takes."""

from uuid import UUID

from tortoise.expressions import Q, Subquery

from api.plans.policy import Place, rendered
from foredesk.people.models import Person, TeamMember
from foredesk.tickets.models import TicketEvent

IDS = [UUID(int=1), UUID(int=2)]


async def test_a_rule_without_joins_is_a_condition(database: str) -> None:
    found = rendered(Person.filter(Q(name="Ada") | Q(organization_id__in=IDS)))

    assert found.joins == ""
    assert [part for part in found.parts if isinstance(part, tuple)] == [
        (Place.VALUE, "Ada"),
        (Place.ANY_OF, [str(id) for id in IDS]),
    ]
    assert found.parts[0] == '"@"."name"='


async def test_everything_is_no_condition(database: str) -> None:
    assert rendered(Person.all()).parts == ()


async def test_a_subquery_stays_one(database: str) -> None:
    members = TeamMember.filter(team_id__in=IDS).values("person_id")
    found = rendered(Person.filter(id__in=Subquery(members)))

    text = "".join(part for part in found.parts if isinstance(part, str))
    assert text.startswith('"@"."id" IN (SELECT "person_id"')
    assert (Place.ANY_OF, [str(id) for id in IDS]) in found.parts


async def test_a_join_to_one_row_is_joined_unless_nothing_can_be(database: str) -> None:
    events = TicketEvent.filter(ticket__organization_id__in=IDS)

    assert rendered(events).joins == ' LEFT JOIN "ticket" "@x1" ON "@x1"."id"="@"."ticket_id"'
    alone = rendered(events, alone=True)
    assert alone.joins == ""
    assert str(alone.parts[0]).startswith('"@"."id" IN (SELECT ')


async def test_a_join_to_many_rows_asks_for_the_key(database: str) -> None:
    found = rendered(Person.filter(memberships__team_id__in=IDS).distinct())

    assert found.joins == ""
    assert str(found.parts[0]).startswith('"@"."id" IN (SELECT DISTINCT ')


async def test_what_is_not_among_values_is_one_array_too(database: str) -> None:
    found = rendered(TicketEvent.filter(~Q(kind__in=["noted", "suggested"])))

    kinds = [part for part in found.parts if isinstance(part, tuple)]
    assert len(kinds) == 1
    assert kinds[0][1] == ["noted", "suggested"]
