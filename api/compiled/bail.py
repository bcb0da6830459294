"""Bail: the two ways in which a compiled operation hands over to graphql-core."""


class Bail(Exception):
    """Something is not as the program expects: graphql-core has to answer."""


class Unsupported(Exception):
    """The operation holds something that is not compiled."""
