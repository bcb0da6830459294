"""Other engines with the same articles, as their own documentation has one use them.

Each is a function from a text to the identifiers of the ten best, any word sufficing.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from benchmarks.plain_whoosh import plain_index, plain_search
from benchmarks.relevance import Row

Search = Callable[[str], list[str]]
WORD = re.compile(r"\w+")
HEAP = 64_000_000


@contextmanager
def stock_whoosh(articles: Sequence[Row], folder: Path) -> Iterator[Search]:
    """In memory: its time goes into calls, not into reading."""
    with plain_index(articles).searcher() as searcher:
        yield lambda text: plain_search(searcher, text)


@contextmanager
def fts5(articles: Sequence[Row], folder: Path) -> Iterator[Search]:
    """SQLite with its stemmer."""
    database = sqlite3.connect(folder / "fts5.sqlite3")
    database.execute(
        "CREATE VIRTUAL TABLE article USING fts5(id UNINDEXED, title, body, tokenize = porter)"
    )
    rows = ((row["id"], row["title"], row["body"]) for row in articles)
    database.executemany("INSERT INTO article VALUES (?, ?, ?)", rows)
    database.execute("INSERT INTO article (article) VALUES ('optimize')")
    database.commit()

    def search(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _words(text))
        asked = "SELECT id FROM article WHERE article MATCH ? ORDER BY rank LIMIT 10"
        return [id for (id,) in database.execute(asked, (words,))] if words else []

    try:
        yield search
    finally:
        database.close()


@contextmanager
def plain_tantivy(articles: Sequence[Row], folder: Path) -> Iterator[Search]:
    """With its English stemmer, title and body."""
    folder = folder / "tantivy"
    folder.mkdir()
    fields = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("title", "body"):
        fields = fields.add_text_field(name, tokenizer_name="en_stem")
    index = tantivy.Index(fields.build(), str(folder))
    writer = index.writer(HEAP, 1)
    for row in articles:
        writer.add_document(tantivy.Document(id=row["id"], title=row["title"], body=row["body"]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[str]:
        query = index.parse_query(" ".join(_words(text)), ["title", "body"])
        found = searcher.search(query, 10, count=False).hits
        return [str(searcher.doc(address).get_first("id")) for _, address in found]

    yield search


def _words(text: str) -> list[str]:
    """Without what either query language would read as its own: `AND` is no operator here."""
    return WORD.findall(text.lower())


PEERS = {"stock_whoosh": stock_whoosh, "fts5": fts5, "tantivy": plain_tantivy}
