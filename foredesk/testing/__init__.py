"""What plugin authors test with. Public, as `foredesk.hooks` is.

pytest finds the fixtures `plugin_desk` and `make_ticket` by itself where Foredesk is installed.
"""

import foredesk.parts_path  # noqa: F401 # first: finds the plugin host in a wheel
from foredesk.testing.awkward import AWKWARD_TEXTS, awkward_facts
from foredesk.testing.contract import PluginContract
from foredesk.testing.plugin_desk import PluginDesk

__all__ = ["AWKWARD_TEXTS", "PluginContract", "PluginDesk", "awkward_facts"]
