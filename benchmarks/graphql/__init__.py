"""How fast the API answers at 100,000 tickets, beside hand-written SQL and beside PostGraphile.

python -m benchmarks.graphql [--database postgresql://…/name] [--only Q1,Q2] [--sqlite]

Prints one JSON line last; a table goes to standard error. See docs/operations.md.
"""
