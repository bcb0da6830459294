"""Tickets: what they are, what happened to them, and what people do with them."""
