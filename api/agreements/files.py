"""Files: agreements as text, and how two of them differ."""

from collections.abc import Sequence

import strawberry

from api.enums import describe
from api.service_levels import ServiceLevelAgreement
from foredesk.agreement_files import differences
from foredesk.agreement_files.bring_in import Outcome
from foredesk.agreement_files.differences import DifferencePart
from foredesk.agreement_files.tree import FileFormat

__all__ = ["AgreementComparison", "AgreementDifference", "FileFormat", "Outcome", "told"]

describe(
    FileFormat,
    "How an agreement file is written.",
    {"YAML": "YAML.", "TOML": "TOML."},
    name="AgreementFileFormat",
)
describe(
    DifferencePart,
    "Part of an agreement.",
    {
        "AGREEMENT": "What it is called and what it is about.",
        "CALENDAR": "When somebody works.",
        "CLOCK": "What moves its clocks.",
        "TARGET": "What is promised.",
        "PENALTY": "What missed minimums cost.",
        "ESCALATION": "Who takes over or is told.",
    },
    name="AgreementPart",
)
describe(
    Outcome,
    "What came of an agreement file.",
    {
        "DEFINED": "The agreement is new.",
        "REVISED": "The agreement or its calendar has a new version.",
        "UNCHANGED": "The file says what holds already.",
    },
    name="ImportOutcome",
)


@strawberry.type(description="What is different between two versions of an agreement.")
class AgreementDifference:
    part: DifferencePart = strawberry.field(description="Part of the agreement")
    subject: str = strawberry.field(description="What it is about, such as resolution high: target")
    before: str | None = strawberry.field(description="What it was; null if it is new")
    after: str | None = strawberry.field(description="What it will be; null if it goes")
    words: str = strawberry.field(description="Difference in words")


@strawberry.type(description="What an agreement file would change. Nothing is stored.")
class AgreementComparison:
    name: str = strawberry.field(description="Name of the agreement in the file")
    agreement: ServiceLevelAgreement | None = strawberry.field(
        description="Agreement that it would revise; null if it would be new"
    )
    differences: list[AgreementDifference] = strawberry.field(
        description="What would change; empty for a new agreement",
        metadata={"at_most": 500},
    )


def told(found: Sequence[differences.Difference]) -> list[AgreementDifference]:
    return [
        AgreementDifference(
            part=one.part,
            subject=one.subject,
            before=one.before,
            after=one.after,
            words=one.words,
        )
        for one in found[:500]
    ]
