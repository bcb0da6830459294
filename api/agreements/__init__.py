"""Agreements and calendars: what is promised, by whose hours, and how both are changed."""
