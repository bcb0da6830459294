"""Organizations, people, teams, sign-in; plugin settings, outbox, counters, and the job queue."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.channels.models import MailState
from foredesk.database.step import CreateChecked, Step
from foredesk.identity import new_id
from foredesk.jobs.schema import install_queue, remove_queue
from foredesk.people.models import RequestVisibility
from foredesk.people.roles import Role


class Migration(Step):
    initial = True

    operations = [
        CreateChecked(
            checks={"counter_counts_from_one": "value > 0"},
            name="Counter",
            fields=[
                ("name", fields.CharField(primary_key=True, max_length=64)),
                ("value", fields.BigIntField()),
            ],
            options={
                "table": "counter",
                "table_description": "The last number given out under a name.",
            },
        ),
        ops.CreateModel(
            name="Done",
            fields=[
                ("key", fields.CharField(primary_key=True, max_length=200)),
                ("done_at", fields.DatetimeField()),
            ],
            options={
                "table": "done",
                "indexes": [Index(fields=["done_at"])],
                "table_description": "Something that was done once and must not be done again, such as a job by its key.",
            },
        ),
        ops.CreateModel(
            name="Organization",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("slug", fields.CharField(unique=True, max_length=64)),
                ("name", fields.CharField(max_length=120)),
                ("locale", fields.CharField(default="en", max_length=16)),
                ("time_zone", fields.CharField(default="UTC", max_length=64)),
                (
                    "request_visibility",
                    fields.CharEnumField(
                        default=RequestVisibility.OWN, enum_type=RequestVisibility, max_length=16
                    ),
                ),
                ("created_at", fields.DatetimeField()),
            ],
            options={
                "table": "organization",
                "table_description": "A company whose people ask for help, or the one that gives it.",
            },
        ),
        CreateChecked(
            checks={"outbox_mail_attempts": "attempts >= 0"},
            name="OutboxMail",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "key",
                    fields.CharField(unique=True, description="Names the occasion", max_length=200),
                ),
                ("recipient", fields.CharField(max_length=320)),
                ("subject", fields.CharField(max_length=998)),
                ("text", fields.TextField()),
                ("locale", fields.CharField(default="en", max_length=35)),
                ("message_id", fields.CharField(unique=True, max_length=320)),
                (
                    "state",
                    fields.CharEnumField(
                        default=MailState.WAITING, enum_type=MailState, max_length=16
                    ),
                ),
                ("attempts", fields.IntField(default=0)),
                ("problem", fields.TextField(default="", description="Why the last try failed")),
                ("created_at", fields.DatetimeField()),
                ("sent_at", fields.DatetimeField(null=True)),
            ],
            options={
                "table": "outbox_mail",
                "indexes": [Index(fields=["created_at"]), Index(fields=["recipient"])],
                "table_description": "One mail on its way out. Its Message-ID is fixed before the first try.",
            },
        ),
        ops.CreateModel(
            name="Person",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("name", fields.CharField(max_length=120)),
                ("email", fields.CharField(unique=True, description="Lower case", max_length=254)),
                ("phone", fields.CharField(default="", max_length=40)),
                ("locale", fields.CharField(default="", max_length=16)),
                ("time_zone", fields.CharField(default="", max_length=64)),
                ("password_hash", fields.CharField(default="", max_length=255)),
                ("is_active", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField()),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        to_field="id",
                        related_name="people",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "person",
                "indexes": [Index(fields=["organization_id", "name"])],
                "table_description": "Someone who asks for help or gives it.",
            },
        ),
        ops.CreateModel(
            name="ApiToken",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("public_id", fields.CharField(unique=True, max_length=16)),
                ("secret_hash", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=120)),
                ("scopes", fields.JSONField(default=list)),
                ("created_at", fields.DatetimeField()),
                ("expires_at", fields.DatetimeField()),
                ("used_at", fields.DatetimeField(null=True)),
                ("revoked_at", fields.DatetimeField(null=True)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="api_tokens",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "api_token",
                "indexes": [Index(fields=["person_id"])],
                "table_description": "A key to the API for one person, `fd_<id>_<secret>`; the secret is kept as its SHA-256.",
            },
        ),
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("act", fields.CharField(max_length=64)),
                ("key", fields.CharField(max_length=128)),
                ("input_hash", fields.CharField(max_length=64)),
                ("result_id", fields.UUIDField()),
                ("created_at", fields.DatetimeField()),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="idempotency_keys",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "idempotency_key",
                "unique_together": (("person", "act", "key"),),
                "indexes": [Index(fields=["created_at"])],
                "table_description": "The first result of a create-like act, so that repeating it for a day does it once.",
            },
        ),
        ops.CreateModel(
            name="PluginSetting",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("plugin", fields.CharField(max_length=64)),
                ("enabled", fields.BooleanField(default=True)),
                ("config", fields.JSONField(default=dict)),
                ("version", fields.IntField(default=1, description="For optimistic locking")),
                (
                    "revision",
                    fields.IntField(
                        unique=True, description="Grows over all rows; other processes follow it"
                    ),
                ),
                ("updated_at", fields.DatetimeField()),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        to_field="id",
                        related_name="plugin_settings",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "plugin_setting",
                "unique_together": (("organization", "plugin"),),
                "table_description": "One plugin of one organization. Without a row a plugin is on, unless it needs settings.",
            },
        ),
        ops.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("role", fields.CharEnumField(enum_type=Role, max_length=40)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="role_grants",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "role_grant",
                "unique_together": (("person", "role"),),
                "table_description": "A person holds a role.",
            },
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("form_token", fields.CharField(max_length=64)),
                ("created_at", fields.DatetimeField()),
                ("seen_at", fields.DatetimeField()),
                ("revoked_at", fields.DatetimeField(null=True)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "session",
                "indexes": [Index(fields=["person_id"]), Index(fields=["seen_at"])],
                "table_description": "A signed-in browser. The cookie's token is kept as its SHA-256 only.",
            },
        ),
        ops.CreateModel(
            name="SignInAttempt",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("subject", fields.CharField(description="email:… or address:…", max_length=300)),
                ("at", fields.DatetimeField()),
            ],
            options={
                "table": "sign_in_attempt",
                "indexes": [Index(fields=["subject", "at"]), Index(fields=["at"])],
                "table_description": "A failed sign-in, counted per account and per address to slow down guessing.",
            },
        ),
        ops.CreateModel(
            name="Team",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("key", fields.CharField(unique=True, max_length=64)),
                ("name", fields.CharField(max_length=120)),
            ],
            options={
                "table": "team",
                "table_description": "People who handle requests together, for the organizations it serves.",
            },
        ),
        ops.CreateModel(
            name="TeamCustomer",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "team",
                    fields.ForeignKeyField(
                        "desk.Team",
                        source_field="team_id",
                        to_field="id",
                        related_name="customers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        to_field="id",
                        related_name="served_by",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "team_customer",
                "unique_together": (("team", "organization"),),
                "indexes": [Index(fields=["organization_id"])],
                "table_description": "A team serves an organization.",
            },
        ),
        ops.CreateModel(
            name="TeamMember",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "team",
                    fields.ForeignKeyField(
                        "desk.Team",
                        source_field="team_id",
                        to_field="id",
                        related_name="members",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="memberships",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "team_member",
                "unique_together": (("team", "person"),),
                "indexes": [Index(fields=["person_id"])],
                "table_description": "A person works in a team.",
            },
        ),
        ops.RunPython(install_queue, remove_queue),
    ]
