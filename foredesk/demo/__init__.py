"""The demo: a fictional provider, two customers, and six months of their help desk.

Everything in it is made up, and all of it is made by the use cases.
"""

from foredesk.demo.load import DemoSummary, NotEmpty, Progress, is_empty, is_loaded, load_demo
from foredesk.demo.people import EVERYBODY, Player
from foredesk.demo.stage import StoryClock
from foredesk.demo.story import Handlers, Script

__all__ = [
    "EVERYBODY",
    "DemoSummary",
    "Handlers",
    "NotEmpty",
    "Player",
    "Progress",
    "Script",
    "StoryClock",
    "is_empty",
    "is_loaded",
    "load_demo",
]
