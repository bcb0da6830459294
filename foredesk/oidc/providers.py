"""The identity providers of one server, each with what it publishes of itself."""

from collections.abc import Iterator

from foredesk.oidc.remote import Remote
from foredesk.people.roles import Role, Scope
from foredesk.providers import Provider
from foredesk.settings import Settings, SettingsError


class Providers:
    """Made at the start, without asking any of them: that happens when one is needed."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError for a role or a scope that the desk does not know."""
        for provider in settings.oidc:
            _check(provider)
        self._remotes = {provider.key: Remote(provider) for provider in settings.oidc}

    def __iter__(self) -> Iterator[Provider]:
        """Those that people may sign in to the portal by."""
        found = (remote.provider for remote in self._remotes.values())
        return (provider for provider in found if provider.client_id)

    def named(self, key: str) -> Remote | None:
        """One that people may sign in to the portal by."""
        remote = self._remotes.get(key)
        return remote if remote and remote.provider.client_id else None

    def of_issuer(self, issuer: object) -> Remote | None:
        """One whose tokens the API takes."""
        for remote in self._remotes.values():
            if remote.provider.issuer == issuer and remote.provider.api_audiences:
                return remote
        return None


def _check(provider: Provider) -> None:
    named = [("roles", provider.roles.values(), Role), ("api_scopes", provider.api_scopes, Scope)]
    for setting, values, known in named:
        for value in values:
            if value not in [one.value for one in known]:
                choices = ", ".join(one.value for one in known)
                where = f"oidc.{provider.key}.{setting}"
                raise SettingsError(f"{where}: {value!r} is not one of {choices}")
