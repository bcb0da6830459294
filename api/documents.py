"""Documents: those a manifest publishes, each of which must be one that we would run."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from graphql import GraphQLError, OperationDefinitionNode, parse

from api.operations.limits import Limits
from api.operations.prepare import Preparer, Refused
from api.operations.request import OperationRequest
from api.operations.trusted import Trust, TrustedDocuments, UnusableManifest, read_manifest
from api.schema import schema
from foredesk.settings import Settings, SettingsError


def trusted_documents(settings: Settings) -> TrustedDocuments:
    """Raises SettingsError, which names every document that does not fit the schema."""
    mode = Trust(settings.trusted_documents)
    if mode is Trust.OFF:
        return TrustedDocuments()
    if not settings.trusted_documents_file:
        raise SettingsError("trusted_documents needs a manifest: set trusted_documents_file")
    file = Path(settings.trusted_documents_file)
    try:
        texts = read_manifest(file)
    except UnusableManifest as problem:
        raise SettingsError(str(problem)) from problem
    if problems := list(problems_of(texts)):
        raise SettingsError("\n".join([f"{file} has documents that we would not run:", *problems]))
    return TrustedDocuments(texts, mode)


def problems_of(texts: Mapping[str, str]) -> Iterator[str]:
    """A line for each document that would be refused, with its name and why."""
    preparer = Preparer(schema, Limits(), hide_suggestions=False)
    for id, text in texts.items():
        names = _names(text)
        try:
            for name in names:
                preparer.prepare(OperationRequest(text, name), may_introspect=True)
        except Refused as refused:
            told = " ".join(error.message for error in refused.errors)
            yield f"{_called(names)} ({id}): {told}"


def _names(text: str) -> list[str | None]:
    """Of its operations; one without a name for what is not to be parsed at all."""
    try:
        definitions = parse(text, max_tokens=Limits().tokens).definitions
    except (GraphQLError, RecursionError):
        return [None]
    operations = [one for one in definitions if isinstance(one, OperationDefinitionNode)]
    return [one.name.value if one.name else None for one in operations] or [None]


def _called(names: list[str | None]) -> str:
    return ", ".join(name for name in names if name) or "a document without a name"
