"""Markdown: a version of a reason for outage as a text that mails and other tools can take."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from foredesk.outages.models import OutageAction, OutageReportVersion
from foredesk.outages.queries import moments
from foredesk.outages.wording import Wording, wording

_SPECIAL = re.compile(r"()([\\`*_{}\[\]<>#|~])")
_BULLET = re.compile(r"^(\s*)([-+=])", re.MULTILINE)
_NUMBER = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)


def as_markdown(
    version: OutageReportVersion,
    actions: Iterable[OutageAction],
    owners: Mapping[UUID, str],
    *,
    number: int,
    locale: str,
    zone: str,
) -> str:
    """The report for one reader; `number` is that of its request. What people wrote is text in
    it, and no markup of their own. An owner whose name is not given is left out.
    """
    say, local = wording(locale), ZoneInfo(zone)
    language = "de" if locale.lower().startswith("de") else "en"
    named = say.version.format(number=number, version=version.number)
    parts = [f"# {say.title.format(summary=_plain(version.summary))}", named]
    parts += _section(say, "impact", _plain(version.impact))
    lines = [
        f"- {_instant(one.at, local, language)}: {_plain(one.text)}" for one in moments(version)
    ]
    parts += _section(say, "timeline", "\n".join(lines))
    parts += _section(say, "cause", _plain(version.cause))
    parts += _section(say, "workaround", _plain(version.workaround))
    done = [_action(one, owners, say, local, language) for one in actions]
    parts += _section(say, "actions", "\n".join(done))
    return "\n\n".join(parts) + "\n"


def _section(say: Wording, name: str, text: str) -> list[str]:
    return [f"## {say.headings[name]}", text] if text else []


def _action(
    action: OutageAction, owners: Mapping[UUID, str], say: Wording, zone: ZoneInfo, language: str
) -> str:
    box = "x" if action.done_at else " "
    owner = _plain(owners.get(action.owner_id, ""))
    due = say.due.format(owner=owner, day=_day(action.due_on, language)).removeprefix(", ")
    done = ""
    if action.done_at is not None:
        done = "; " + say.done.format(day=_day(action.done_at.astimezone(zone), language))
    return f"- [{box}] {_plain(action.what)} ({due}{done})"


def _instant(at: datetime, zone: ZoneInfo, language: str) -> str:
    local = at.astimezone(zone)
    time = format_time(local, "short", local.tzinfo, language)
    return f"{_day(local, language)}, {time} {local:%Z}"


def _day(day: date, language: str) -> str:
    return format_date(day, "long", locale=language)


def _plain(text: str) -> str:
    """People's words with what Markdown would take for markup escaped."""
    for markup in (_SPECIAL, _BULLET, _NUMBER):
        text = markup.sub(r"\1\\\2", text)
    return text
