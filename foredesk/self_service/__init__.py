"""Self-service: what people find for themselves, what they miss, and what it is worth."""
