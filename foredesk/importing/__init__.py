"""Importing: help articles and requests from elsewhere, as often as one likes."""
