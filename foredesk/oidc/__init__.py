"""OpenID Connect: people sign in where they already are, and the API takes tokens from there."""

from foredesk.oidc.providers import Providers
from foredesk.oidc.remote import ProviderFailed

__all__ = ["ProviderFailed", "Providers"]
