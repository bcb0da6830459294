"""Sources: where holidays come from, as an input says it."""

from api.acting import given
from api.agreements import inputs
from foredesk.sla.holidays import PUBLIC, HolidaySource


def source_given(input: inputs.HolidaySourceInput) -> HolidaySource:
    return HolidaySource(
        (given(input.country) or "").upper(),
        given(input.region) or "",
        tuple(given(input.categories) or (PUBLIC,)),
        tuple(input.years),
    )
