"""A process for test_crashes: follows a feed of its own until somebody kills it.

It prints the revision whenever `catch_up()` has returned, which acknowledges all up to it.
"""

import asyncio
import sys
from pathlib import Path

from search_index import WhooshIndex
from tests.search_index.feed import MemoryFeed, article

ARTICLES = 30


def feed_at(revision: int) -> MemoryFeed:
    """The feed after so many changes: every seventh removes an article."""
    feed = MemoryFeed()
    for number in range(1, revision + 1):
        name = f"a{number % ARTICLES}"
        if number % 7:
            locale = "de" if number % 3 else "en"
            feed.publish(article(name, f"Badge {number}", "text " * number, locale=locale))
        else:
            feed.remove(name)
    return feed


async def follow(directory: Path, revision: int) -> None:
    index = WhooshIndex(feed_at(revision), directory)
    while True:
        print(await index.catch_up(), flush=True)  # noqa: T201
        revision += 1
        index._follower._feed = feed_at(revision)


if __name__ == "__main__":
    asyncio.run(follow(Path(sys.argv[1]), int(sys.argv[2])))
