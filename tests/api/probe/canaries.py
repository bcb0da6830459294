"""Canaries: a mark in every text that the database keeps, so that each can be traced to its row."""

import re
from dataclasses import dataclass, field
from typing import Any

from tortoise import Tortoise, fields
from tortoise.models import Model

MARK = re.compile(r"§(\d+)§")
NOT_FREE = {"locale", "time_zone", "language", "languages", "headings", "reasons", "results"}
"""What something is looked up or computed by."""

FREE_DATA = {"subject", "details", "body", "reason", "resolution", "comment", "explanation",
             "because", "category", "note", "plugin", "decided_by", "detail"}  # fmt: skip
"""Texts within the data of a ticket's event."""


@dataclass(frozen=True, slots=True)
class Canary:
    """Where a mark sits. `key` is the place within a JSON column."""

    table: str
    column: str
    row: Any
    key: str = ""

    def __str__(self) -> str:
        return ".".join(part for part in (self.table, self.column, self.key) if part)


@dataclass(slots=True)
class Cage:
    """All canaries, by the number in their mark."""

    canaries: list[Canary] = field(default_factory=list)

    async def fill(self) -> None:
        for model in Tortoise.apps.get_models_iterable():
            for row in await model.all():
                marked = self._marked(model, row)
                if marked:
                    await model.filter(pk=row.pk).update(**marked)

    def seen_in(self, text: str) -> set[Canary]:
        return {self.canaries[int(number)] for number in set(MARK.findall(text))}

    def _marked(self, model: type[Model], row: Model) -> dict[str, Any]:
        marked: dict[str, Any] = {}
        for name, column in model._meta.fields_map.items():
            value = getattr(row, name) if name in model._meta.fields_db_projection else None
            if value is None or name in NOT_FREE:
                continue
            if isinstance(column, fields.JSONField):
                marked[name] = self._in_json(row, name, value, "")
            elif type(column) in (fields.CharField, fields.TextField) and _is_free(row, name):
                marked[name] = self._mark(row, name, value, "", getattr(column, "max_length", 9999))
        return marked

    def _in_json(self, row: Model, column: str, value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {name: self._in_json(row, column, inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._in_json(row, column, inner, key) for inner in value]
        wanted = key in FREE_DATA or (
            (row._meta.db_table == "survey_version" and key in ("en", "de"))
            or (column == "timeline" and key == "text")
        )
        if isinstance(value, str) and (wanted or column == "tags"):
            return self._mark(row, column, value, key, 9999)
        return value

    def _mark(self, row: Model, column: str, value: str, key: str, limit: int) -> str:
        mark = f"§{len(self.canaries)}§"
        self.canaries.append(Canary(row._meta.db_table, column, row, key))
        return value[: limit - len(mark)] + mark


def _is_free(row: Model, column: str) -> bool:
    """Keys by which rows find one another stay as they are."""
    table = row._meta.db_table
    return (table, column) not in {
        ("agreement", "kind"),
        ("survey_question", "key"),
        ("survey_score", "metric"),
        ("survey", "key"),
        ("article_link", "target_slug"),
        ("counter", "name"),
        ("ticket_clock", "name"),
        ("agreement_clock", "name"),
        ("agreement_target", "clock"),
        ("agreement_target", "kind"),
        ("agreement_penalty", "clock"),
        ("agreement_escalation", "clock"),
    }
