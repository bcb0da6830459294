"""Why a ticket runs under its agreement and not under another."""

import strawberry

from api.context import Info
from api.fields import computed, shown
from api.service_levels import ServiceLevelAgreement
from foredesk.tickets.agreement_choices import TicketAgreementChoice


@strawberry.type(description="Agreement that was considered for a ticket.")
class AgreementChoice:
    choice: strawberry.Private[TicketAgreementChoice]

    @computed(description="The agreement; null if hidden")
    async def agreement(self, info: Info) -> ServiceLevelAgreement | None:
        found: ServiceLevelAgreement | None = await shown(
            info, ServiceLevelAgreement, self.choice.agreement.id
        )
        return found

    @computed(description="Version that was in force when the ticket was recorded; null for none")
    def version(self) -> int | None:
        return self.choice.version.number if self.choice.version else None

    @computed(description="Indicates that it applies to the ticket")
    def is_applicable(self) -> bool:
        return self.choice.applies

    @computed(description="Indicates that the ticket runs under it")
    def is_chosen(self) -> bool:
        return self.choice.is_chosen

    @computed(description="Why it was chosen, or where it stands")
    def reason(self) -> str:
        return self.choice.reason
