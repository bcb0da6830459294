"""Plans: a root field of a query, with all below it, becomes a few statements of SQL.

One statement for a level of lists, whatever is selected in it; rows become the answer's dicts by
generated Python, with no object in between. `docs/graphql.md` tells how a type says its sources.
"""
