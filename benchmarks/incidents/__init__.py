"""Incidents: an agreement found in what another desk says that it kept."""
