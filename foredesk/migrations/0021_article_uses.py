"""What agents say of the articles of a request: used, flagged, fixed, or written from it."""

from tortoise import fields
from tortoise.migrations import operations as ops

from foredesk.database.step import AddColumn, Step
from foredesk.tickets.models import ArticleUse


class Migration(Step):
    dependencies = [("desk", "0020_article_authoring")]

    operations = [
        AddColumn(
            "TicketArticle",
            "sent",
            fields.BooleanField(default=False, description="It went along with a reply"),
        ),
        AddColumn(
            "TicketArticle",
            "use",
            fields.CharEnumField(enum_type=ArticleUse, max_length=16, null=True),
        ),
        AddColumn(
            "TicketArticle",
            "note",
            fields.TextField(default="", description="What is wrong with it, or was"),
        ),
        AddColumn(
            "TicketArticle",
            "article_version",
            fields.IntField(null=True, description="Version that this was said of"),
        ),
        # Until now there were only these two ways.
        ops.RunSQL("UPDATE ticket_article SET sent = NOT resolved", reverse_sql=""),
    ]
