"""The knowledge index, on Whoosh. The server hands a `WhooshIndex` to the domain."""

from search_index.index import WhooshIndex

__all__ = ["WhooshIndex"]
