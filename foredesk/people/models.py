"""People, their organizations and teams, and how they prove who they are."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.people.roles import Role


class RequestVisibility(StrEnum):
    """Whose requests a requester sees: only their own, or the whole organization's."""

    OWN = "own"
    ORGANIZATION = "organization"


class Organization(Model):
    """A company whose people ask for help, or the one that gives it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    slug = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=120)
    locale = fields.CharField(max_length=16, default="en")
    time_zone = fields.CharField(max_length=64, default="UTC")
    request_visibility = fields.CharEnumField(
        RequestVisibility, max_length=16, default=RequestVisibility.OWN
    )
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "organization"
        ordering = ["name"]


class Team(Model):
    """People who handle requests together, for the organizations it serves."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=120)

    class Meta(Model.Meta):
        table = "team"
        ordering = ["name"]


class TeamCustomer(Model):
    """A team serves an organization."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField(
        "desk.Team", related_name="customers", on_delete=fields.CASCADE
    )
    team_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="served_by", on_delete=fields.CASCADE
    )
    organization_id: UUID

    class Meta(Model.Meta):
        table = "team_customer"
        unique_together = (("team", "organization"),)
        indexes = [("organization_id",)]


class Person(Model):
    """Someone who asks for help or gives it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=120)
    email = fields.CharField(max_length=254, unique=True, description="Lower case")
    phone = fields.CharField(max_length=40, default="")
    locale = fields.CharField(max_length=16, default="")
    time_zone = fields.CharField(max_length=64, default="")
    password_hash = fields.CharField(max_length=255, default="")
    is_active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="people", on_delete=fields.RESTRICT
    )
    organization_id: UUID

    class Meta(Model.Meta):
        table = "person"
        ordering = ["name"]
        indexes = [("organization_id", "name")]


class RoleGrant(Model):
    """A person holds a role."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    role = fields.CharEnumField(Role, max_length=40)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="role_grants", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "role_grant"
        unique_together = (("person", "role"),)


class TeamMember(Model):
    """A person works in a team."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField(
        "desk.Team", related_name="members", on_delete=fields.CASCADE
    )
    team_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="memberships", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "team_member"
        unique_together = (("team", "person"),)
        indexes = [("person_id",)]


class Session(Model):
    """A signed-in browser. The cookie's token is kept as its SHA-256 only."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    token_hash = fields.CharField(max_length=64, unique=True)
    form_token = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="sessions", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "session"
        indexes = [("person_id",), ("seen_at",)]


class ApiToken(Model):
    """A key to the API for one person, `fd_<id>_<secret>`; the secret is kept as its SHA-256."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    public_id = fields.CharField(max_length=16, unique=True)
    secret_hash = fields.CharField(max_length=64)
    name = fields.CharField(max_length=120)
    scopes = fields.JSONField[list[str]](default=list)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="api_tokens", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "api_token"
        indexes = [("person_id",)]


class SignInAttempt(Model):
    """A failed sign-in, counted per account and per address to slow down guessing."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    subject = fields.CharField(max_length=300, description="email:… or address:…")
    at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "sign_in_attempt"
        indexes = [("subject", "at"), ("at",)]


class IdempotencyKey(Model):
    """The first result of a create-like act, so that repeating it for a day does it once."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    act = fields.CharField(max_length=64)
    key = fields.CharField(max_length=128)
    input_hash = fields.CharField(max_length=64)
    result_id = fields.UUIDField()
    created_at = fields.DatetimeField()

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="idempotency_keys", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "idempotency_key"
        unique_together = (("person", "act", "key"),)
        indexes = [("created_at",)]
