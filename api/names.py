"""Names: what Python calls something, as GraphQL writes it."""

from functools import lru_cache

from strawberry.schema.name_converter import NameConverter
from strawberry.utils.str_converters import to_camel_case


class RememberedNames(NameConverter):
    """Strawberry asks for the same names with every input of every request."""

    def apply_naming_config(self, name: str) -> str:
        return _camel_case(name)


_camel_case = lru_cache(10_000)(to_camel_case)
