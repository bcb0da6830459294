from tests.search_index.contract import KnowledgeIndexContract


class TestWhooshIndex(KnowledgeIndexContract):
    """`make_index` of conftest.py makes a WhooshIndex."""
