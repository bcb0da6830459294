"""Context: what the resolvers of one operation, or of one event, have in common."""

from dataclasses import dataclass, field, replace

import strawberry

from api.admission import Caller, Standing
from api.loaders import Loaders
from api.of_client import OfClient
from api.operations.shared import Shared
from foredesk.desk import Desk
from foredesk.people.viewer import Viewer


@dataclass(slots=True)
class Context:
    desk: Desk
    standing: Standing
    shared: Shared = field(default_factory=Shared)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.read_anew()

    @classmethod
    def of(cls, desk: Desk, standing: Standing, client_id: str, shared: Shared) -> "Context":
        """What a client with an id causes, it need not be told of."""
        if client_id:
            desk = replace(desk, live=OfClient(desk.live, client_id))
        return cls(desk, standing, shared)

    @property
    def viewer(self) -> Viewer:
        return self.standing.caller.viewer

    def read_anew(self) -> None:
        """Forget what was read, because something may have changed it."""
        self.loaders = Loaders(self.desk, self.viewer)

    def seen_by(self, viewer: Viewer) -> "Context":
        """A context of its own for what somebody else would be shown."""
        standing = Standing(Caller(viewer), self.standing.admit)
        return Context(self.desk, standing, self.shared)


Info = strawberry.Info[Context, None]
