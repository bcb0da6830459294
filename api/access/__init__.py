"""How people and programs get in: tokens, service accounts, sessions, identity providers."""
