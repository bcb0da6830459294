"""Reads: a replay of recorded tickets, within bounds."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.acting import a_key, given
from api.agreements.files import FileFormat
from api.context import Info
from api.fields import computed
from api.hidden import null_if_hidden
from api.replay.types import AgreementReplay
from foredesk.replay.propose import replay_file

WEIGHT = 300
"""Up to 10,000 tickets are replayed for one answer."""


@strawberry.type
class ReplayQuery:
    @computed(
        description="What recorded tickets would have come to under an agreement file that is not "
        "signed yet; nothing is stored. Null for those who do not manage agreements. At most "
        "10000 tickets: `foredesk replay` takes more",
        weight=WEIGHT,
    )
    @null_if_hidden
    async def replay_agreement(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="Text of the agreement file.")],
        since: Annotated[
            datetime, strawberry.argument(description="Tickets opened from then on are replayed.")
        ],
        until: Annotated[
            datetime | None,
            strawberry.argument(description="Tickets opened before then; now if left out."),
        ] = strawberry.UNSET,
        organization_id: Annotated[
            strawberry.ID | None,
            strawberry.argument(
                description="ID of the organization whose tickets are replayed; that of the file "
                "if left out."
            ),
        ] = strawberry.UNSET,
        format: Annotated[
            FileFormat | None,
            strawberry.argument(description="How it is written; found out if left out."),
        ] = strawberry.UNSET,
    ) -> AgreementReplay | None:
        found = await replay_file(
            info.context.desk,
            info.context.viewer,
            text=text,
            format=given(format),
            since=since,
            until=given(until),
            organization_id=a_key("Organization", given(organization_id), "organizationId"),
        )
        return AgreementReplay(found=found)
