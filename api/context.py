"""Context: what the resolvers of one operation, or of one event, have in common."""

from dataclasses import dataclass, field

import strawberry

from api.admission import Standing
from api.loaders import Loaders
from foredesk.desk import Desk
from foredesk.people.viewer import Viewer


@dataclass(slots=True)
class Context:
    desk: Desk
    standing: Standing
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.loaders = Loaders(self.desk, self.viewer)

    @property
    def viewer(self) -> Viewer:
        return self.standing.caller.viewer


Info = strawberry.Info[Context, None]
