"""Due: notices of stored clocks that are to be given, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foredesk.sla.agreed import agreed
from foredesk.sla.definitions import EscalationRule, Level
from foredesk.sla.models import ClockState, TicketClock
from foredesk.sla.priority import Priority


@dataclass(frozen=True, slots=True)
class DueClock:
    """One notice that is due. `at` is the true instant, however late it is noticed.

    `percent` says which warning it is.
    """

    clock_id: UUID
    ticket_id: UUID
    name: str
    cycle: int
    level: Level
    percent: int | None
    at: datetime
    agreement_version_id: UUID
    priority: Priority


async def due_clocks(now: datetime, limit: int = 200) -> Sequence[DueClock]:
    """Warnings and breaches that are due and were not given yet, the oldest first.

    Call it in a transaction and end each with `mark_fired`: on PostgreSQL the rows are locked,
    and rows that another process works on are passed over.
    """
    clocks = (
        await TicketClock.filter(next_due_at__lte=now)
        .order_by("next_due_at", "id")
        .limit(limit)
        .select_for_update(skip_locked=True)
    )
    due = [due for clock in clocks for due in _due_of(clock, now)]
    return sorted(due, key=lambda one: (one.at, one.clock_id, _ORDER.index(one.level)))


_ORDER = list(Level)


async def mark_fired(due: DueClock) -> bool:
    """Note that the notice is given; False when it was already, or the clock has moved."""
    clock = await TicketClock.filter(id=due.clock_id).select_for_update().first()
    if clock is None or due not in _due_of(clock, due.at):
        return False
    match due.level:
        case Level.WARNING:
            clock.warned = {**clock.warned, str(due.percent): due.at.isoformat()}
        case Level.TARGET:
            clock.target_fired_at = clock.target_breached_at = due.at
        case Level.MINIMUM:
            clock.minimum_fired_at = clock.minimum_breached_at = due.at
    clock.next_due_at = next_due(clock)
    await clock.save()
    return True


async def escalations_for(due: DueClock) -> Sequence[EscalationRule]:
    """What the agreement says is to be done at this notice."""
    terms = (await (await agreed()).terms([due.agreement_version_id])).get(due.agreement_version_id)
    return [
        rule
        for rule in (terms.escalations if terms else ())
        if (rule.clock, rule.level, rule.percent) == (due.name, due.level, due.percent)
        and rule.priority in (None, due.priority)
    ]


async def mark_escalated(clock_id: UUID, rule_id: UUID) -> bool:
    """Note that the rule is carried out; False when it was already, in this cycle."""
    clock = await TicketClock.filter(id=clock_id).select_for_update().first()
    if clock is None or str(rule_id) in clock.escalated:
        return False
    clock.escalated = [*clock.escalated, str(rule_id)]
    await clock.save(update_fields=["escalated"])
    return True


def next_due(clock: TicketClock) -> datetime | None:
    return min((at for _, _, at in _unfired(clock)), default=None)


def past(at: datetime | None, now: datetime) -> datetime | None:
    return at if at is not None and at <= now else None


def _due_of(clock: TicketClock, now: datetime) -> list[DueClock]:
    return [
        DueClock(
            clock.id,
            clock.ticket_id,
            clock.name,
            clock.cycle,
            level,
            percent,
            at,
            clock.agreement_version_id,
            clock.priority,
        )
        for level, percent, at in _unfired(clock)
        if at <= now and not (level is Level.WARNING and past(clock.target_due_at, now))
    ]


def _unfired(clock: TicketClock) -> list[tuple[Level, int | None, datetime]]:
    """A warning is given again when its time has moved on; none follows the breach."""
    if clock.state is ClockState.MERGED:
        return []
    found: list[tuple[Level, int | None, datetime]] = []
    if clock.state is ClockState.RUNNING and clock.target_fired_at is None:
        for percent, written in clock.warnings.items():
            at, given = _time(written), _time(clock.warned.get(percent))
            if at is not None and (given is None or at > given):
                found.append((Level.WARNING, int(percent), at))
    if clock.target_due_at is not None and clock.target_fired_at is None:
        found.append((Level.TARGET, None, clock.target_due_at))
    if clock.minimum_due_at is not None and clock.minimum_fired_at is None:
        found.append((Level.MINIMUM, None, clock.minimum_due_at))
    return found


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
