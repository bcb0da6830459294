"""Compiled: a validated operation becomes Python once; graphql-core stays fallback and oracle.

General for any Strawberry schema: nothing in here knows the desk.
"""
