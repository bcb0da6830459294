"""Which plugins an organization has switched on, and with which settings."""
