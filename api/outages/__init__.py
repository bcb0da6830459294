"""Outages: estimated times of repair, and reasons for outage."""
