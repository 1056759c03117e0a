"""Judge by its keys whether an object is a webhook of the API, or the body that registers one."""

from __future__ import annotations

from collections.abc import Set
from enum import Enum, auto

from migrator.rules.table import Envelope


class WebhookShape(Enum):
    """Degrees of evidence that the keys of an object make it a webhook; each has the key of the name."""

    #: It has a key that only webhooks of this API have.
    DISTINCTIVE = auto()
    #: It has such a key, and one that webhooks of another API have.
    CONTESTED = auto()
    #: It has the key of the content: it counts where something else hints at the API.
    WITH_BODY = auto()
    #: It has no other key of a webhook: it counts where something else hints at the API.
    NAME_ONLY = auto()

    @property
    def is_proof(self) -> bool:
        """Return whether the keys alone show that it is a webhook."""
        return self in (WebhookShape.DISTINCTIVE, WebhookShape.CONTESTED)


def classify_keys(envelope: Envelope, keys: Set[str], *, is_foreign: bool) -> WebhookShape | None:
    """Return the shape that keys give an object; None if it is no webhook.

    `is_foreign` says that the code or data around it has marks of another API that uses the same names.
    """
    if envelope.name not in keys:
        return None
    if keys & envelope.distinctive:
        return WebhookShape.CONTESTED if keys & envelope.foreign else WebhookShape.DISTINCTIVE
    if keys & envelope.foreign or is_foreign:
        return None
    return WebhookShape.WITH_BODY if keys & envelope.body else WebhookShape.NAME_ONLY


def describe_shape(envelope: Envelope, keys: Set[str], shape: WebhookShape, hint: str | None) -> str:
    """Return the evidence that an object with these keys is a webhook; `hint` says what hints at the API."""
    if shape is WebhookShape.NAME_ONLY:
        return f"`{envelope.name}` is read off it; {hint}"
    shown = ", ".join(f"`{key}`" for key in sorted(keys & envelope.keys))
    if shape is WebhookShape.WITH_BODY:
        return f"like a webhook: {shown} are read off it; {hint}"
    return f"a webhook: {shown} are read off it"
