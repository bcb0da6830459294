"""People, their organizations and teams, and how they prove who they are."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.people.roles import Role


class RequestVisibility(StrEnum):
    """Whose requests a requester sees: only their own, the whole organization's, or the latter
    for those whose role says so."""

    OWN = "own"
    ORGANIZATION = "organization"
    BY_ROLE = "by_role"


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
    version = fields.IntField(default=1, description="Counts the changes of its data")
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "organization"
        ordering = ["name"]
        indexes = [("name", "id")]


class Team(Model):
    """People who handle requests together, for the organizations it serves.

    What a confidential team has, only its members and the requester see. A team is confidential
    from its beginning or never: tickets keep it as an event says it.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=120)
    is_confidential = fields.BooleanField(default=False)
    version = fields.IntField(default=1, description="Counts the changes of its data")

    class Meta(Model.Meta):
        table = "team"
        ordering = ["name"]
        indexes = [("name", "id")]


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


class PersonKind(StrEnum):
    """A human being, or a service account: a program with roles of its own and no password."""

    PERSON = "person"
    SERVICE = "service"


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
    kind = fields.CharEnumField(PersonKind, max_length=16, default=PersonKind.PERSON)
    version = fields.IntField(default=1, description="Counts the changes of their data")
    created_at = fields.DatetimeField()

    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="people", on_delete=fields.RESTRICT
    )
    organization_id: UUID

    class Meta(Model.Meta):
        table = "person"
        ordering = ["name"]
        indexes = [("organization_id", "name"), ("name", "id"), ("created_at", "id")]


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
        indexes = [("role", "person_id")]


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


class Absence(Model):
    """A person is away for a time, and somebody may stand in for them. It ends by itself."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    note = fields.CharField(max_length=500, default="")
    created_at = fields.DatetimeField()
    canceled_at = fields.DatetimeField(null=True)

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="absences", on_delete=fields.CASCADE
    )
    person_id: UUID
    substitute: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="stands_in_at", null=True, on_delete=fields.SET_NULL
    )
    substitute_id: UUID | None

    class Meta(Model.Meta):
        table = "absence"
        ordering = ["starts_at"]
        indexes = [("person_id", "ends_at"), ("substitute_id",), ("ends_at",)]


class PeopleEventKind(StrEnum):
    """What can happen to people, their teams and organizations, and to what they may do."""

    ORGANIZATION_REGISTERED = "organization_registered"
    ORGANIZATION_CHANGED = "organization_changed"
    TEAM_FORMED = "team_formed"
    TEAM_RENAMED = "team_renamed"
    MEMBER_ADDED = "member_added"
    MEMBER_REMOVED = "member_removed"
    CUSTOMER_ADDED = "customer_added"
    CUSTOMER_REMOVED = "customer_removed"
    PERSON_ENROLLED = "person_enrolled"
    PERSON_CHANGED = "person_changed"
    PERSON_MOVED = "person_moved"
    PERSON_DEACTIVATED = "person_deactivated"
    PERSON_REACTIVATED = "person_reactivated"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    ABSENCE_SET = "absence_set"
    ABSENCE_CANCELED = "absence_canceled"
    TOKEN_CREATED = "token_created"
    TOKEN_REVOKED = "token_revoked"
    SESSIONS_ENDED = "sessions_ended"
    IDENTITY_LINKED = "identity_linked"


class PeopleEvent(Model):
    """Who changed which right, and when. Never changed, never deleted; keeps no contact data."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    number = fields.IntField(unique=True, description="Counts all of them, without a gap")
    kind = fields.CharEnumField(PeopleEventKind, max_length=32)
    occurred_at = fields.DatetimeField()
    role = fields.CharEnumField(Role, max_length=40, null=True)
    details = fields.JSONField[dict[str, object]](default=dict)

    actor: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="people_acts", null=True, on_delete=fields.RESTRICT
    )
    actor_id: UUID | None
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="people_events", null=True, on_delete=fields.RESTRICT
    )
    person_id: UUID | None
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "desk.Team", related_name="people_events", null=True, on_delete=fields.RESTRICT
    )
    team_id: UUID | None
    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="people_events", null=True, on_delete=fields.RESTRICT
    )
    organization_id: UUID | None

    class Meta(Model.Meta):
        table = "people_event"
        ordering = ["-number"]
        indexes = [
            ("actor_id", "number"),
            ("person_id", "number"),
            ("team_id", "number"),
            ("organization_id", "number"),
        ]


class Session(Model):
    """A signed-in browser. The cookie's token is kept as its SHA-256 only."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    token_hash = fields.CharField(max_length=64, unique=True)
    form_token = fields.CharField(max_length=64)
    browser = fields.CharField(max_length=200, default="", description="As it calls itself")
    address = fields.CharField(max_length=64, default="", description="Of the network, at first")
    provider = fields.CharField(max_length=32, default="", description="Empty for a password")
    logout_hint = fields.TextField(default="", description="Sealed by the cookie's token")
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
    reminded_at = fields.DatetimeField(null=True)
    created_by_id = fields.UUIDField(null=True)
    revoked_by_id = fields.UUIDField(null=True)

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="api_tokens", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "api_token"
        indexes = [("person_id",), ("expires_at",)]


class ExternalIdentity(Model):
    """Who a person is to an identity provider: its issuer and the subject there, no address."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    issuer = fields.CharField(max_length=255)
    subject = fields.CharField(max_length=255)
    created_at = fields.DatetimeField()
    used_at = fields.DatetimeField()

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="identities", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "external_identity"
        unique_together = (("issuer", "subject"),)
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
