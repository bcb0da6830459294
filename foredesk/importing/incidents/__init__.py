"""Incidents: the log of another desk, one row for each update, made into tickets and events."""
