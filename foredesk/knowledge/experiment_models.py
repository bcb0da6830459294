"""Requests that somebody began to write, and the experiment on what suggestions are worth."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.knowledge.models import SearchChannel
from foredesk.people.models import Organization, Person


class SuggestionExperiment(Model):
    """A share of the requesters, drawn at random, is shown no suggestions while they ask."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    salt = fields.CharField(
        max_length=64, null=True, description="Makes the draw; forgotten with the people's traces"
    )
    holdout_percent = fields.IntField()
    expected_filing = fields.FloatField(
        description="Share of form starts that lead to a request without suggestions, as assumed"
    )
    smallest_effect = fields.FloatField(description="Deflection that is to be found, as a share")
    started_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1, description="For optimistic locking")

    started_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="started_experiments", on_delete=fields.SET_NULL, null=True
    )
    started_by_id: UUID | None

    class Meta(Model.Meta):
        table = "suggestion_experiment"
        ordering = ("-started_at",)
        indexes = (
            ("started_at", "id"),
            ("started_by_id",),
        )


class FormStart(Model):
    """A requester began to write a request; what they do in seven days belongs to it.

    It begins with the first subject in the ask form. What came of it is counted when the seven days
    are over; the person may be forgotten then.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    channel = fields.CharEnumField(SearchChannel, max_length=16)
    begun_at = fields.DatetimeField()
    visitor = fields.CharField(max_length=64, null=True)
    unit = fields.CharField(
        max_length=64, null=True, description="The requester as the experiment's draw knows them"
    )
    is_held_out = fields.BooleanField(default=False, description="Is shown no suggestions")
    settled_at = fields.DatetimeField(null=True, description="What follows is counted since then")
    ticket_count = fields.IntField(default=0, description="Requests filed in the seven days")
    was_opened = fields.BooleanField(default=False, description="An article was opened")
    was_confirmed = fields.BooleanField(default=False, description="“This answered it”")

    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="form_starts", on_delete=fields.SET_NULL, null=True
    )
    person_id: UUID | None
    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="form_starts", on_delete=fields.CASCADE, null=True
    )
    organization_id: UUID | None
    experiment: fields.ForeignKeyNullableRelation[SuggestionExperiment] = fields.ForeignKeyField(
        "desk.SuggestionExperiment", related_name="form_starts", on_delete=fields.CASCADE, null=True
    )
    experiment_id: UUID | None

    class Meta(Model.Meta):
        table = "form_start"
        ordering = ("-begun_at",)
        indexes = (
            ("person_id", "begun_at"),
            ("visitor", "begun_at"),
            ("organization_id", "begun_at"),
            ("experiment_id", "begun_at"),
            ("settled_at", "begun_at"),
        )
