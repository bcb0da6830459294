"""The schema, step by step. `python -m foredesk.migrations` says whether it agrees with the models.

A new step is drafted by `python -m foredesk.migrations write NAME`, then read and mended by hand:
docs/decisions/0001-engines.md says what Tortoise gets wrong. A released step never changes.
"""
