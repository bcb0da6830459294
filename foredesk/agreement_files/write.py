"""Write: a proposed agreement as text that `parse_agreement_file` reads as the same again."""

from datetime import timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import tomli_w
import yaml

from foredesk.agreement_files.calendars import calendar_content
from foredesk.agreement_files.clocks import clock_content
from foredesk.agreement_files.durations import write_duration
from foredesk.agreement_files.proposed import (
    ProposedAgreement,
    ProposedCalendar,
    clocks_in_order,
)
from foredesk.agreement_files.rules import escalations_content, penalties_content
from foredesk.agreement_files.tree import FileFormat

WIDTH = 100


def agreement_text(agreement: ProposedAgreement, format: FileFormat = FileFormat.YAML) -> str:
    """Together with its calendar."""
    proposal, day = agreement.proposal, agreement.calendar.working_day
    content: dict[str, Any] = {"agreement": agreement.name}
    scope = {
        "organization": agreement.organization,
        "service": agreement.service,
        "kind": agreement.kind,
    }
    content |= {key: one for key, one in scope.items() if one}
    content["calendar"] = calendar_content(agreement.calendar)
    content["clocks"] = {
        name: clock_content(clock, proposal.promises, agreement.stood_for, day)
        for name, clock in clocks_in_order(proposal).items()
    }
    if penalties := penalties_content(proposal.penalties, proposal.billing):
        content["penalties"] = penalties
    if escalations := escalations_content(proposal.escalations, agreement.stood_for):
        content["escalations"] = escalations
    return _text(content, day, format)


def calendar_text(calendar: ProposedCalendar, format: FileFormat = FileFormat.YAML) -> str:
    return _text({"calendar": calendar_content(calendar)}, calendar.working_day, format)


def _text(content: dict[str, Any], day: timedelta, format: FileFormat) -> str:
    said = f"# A working day (1d) of this calendar has {write_duration(day, None)}.\n"
    plain = _plain(content)
    if format is FileFormat.TOML:
        return said + tomli_w.dumps(plain)
    return said + yaml.dump(
        plain,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=WIDTH,
        default_flow_style=None,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        whole = int(value)
        return whole if whole == value else value
    return value.value if isinstance(value, Enum) else value


class _Dumper(yaml.SafeDumper):
    """Knows amounts of money."""


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", format(value, "f"))


_Dumper.add_representer(Decimal, _number)
