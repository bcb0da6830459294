"""Replay: recorded tickets under a proposed agreement, before it is signed."""
