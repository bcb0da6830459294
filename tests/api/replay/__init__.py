"""Tests of replay by GraphQL."""
