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
        self.read_anew()

    @property
    def viewer(self) -> Viewer:
        return self.standing.caller.viewer

    def read_anew(self) -> None:
        """Forget what was read, because something may have changed it."""
        self.loaders = Loaders(self.desk, self.viewer)


Info = strawberry.Info[Context, None]
