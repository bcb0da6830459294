"""Replay: recorded tickets under an agreement that is not signed yet."""
