"""Follow-up calls: further requests that keep the meaning of a translated one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrator.payload.json_pointer import Json, read_path
from migrator.payload.translation_errors import DocumentError


@dataclass(frozen=True, slots=True)
class AwaitedArgument:
    """Name an argument of a follow-up call that is read from the response to the translated request."""

    argument: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Describe a further call that keeps the meaning: send `body` to `url` after the translated request was answered.

    While `awaits` names arguments, the call is not `ready`: `resolve` it with the response first. `pointer` locates the
    value that the call now carries in the original request.
    """

    rule: str
    pointer: str
    api: str
    method: str
    url: str
    body: dict[str, Json]
    awaits: tuple[AwaitedArgument, ...] = ()

    @property
    def ready(self) -> bool:
        """Return whether `body` is complete."""
        return not self.awaits

    def resolve(self, answer: Json) -> FollowUp:
        """Return the call completed with values from `answer`, the response as the target version sent it.

        Raises DocumentError when the response lacks a value that the call needs.
        """
        body = {**dict.fromkeys(wanted.argument for wanted in self.awaits), **self.body}
        for wanted in self.awaits:
            found, value = read_path(answer, wanted.path)
            if not found or value is None:
                needs = f"the response does not contain it, but {self.method} needs it as {wanted.argument}"
                raise DocumentError("/" + "/".join(wanted.path), needs)
            body[wanted.argument] = value
        return replace(self, body=body, awaits=())

    def as_json(self) -> dict[str, Json]:
        """Return the call as a JSON object; `awaits` maps an argument to a JSON Pointer into the response."""
        return {
            "rule": self.rule,
            "pointer": self.pointer,
            "api": self.api,
            "method": self.method,
            "url": self.url,
            "body": self.body,
            "awaits": {wanted.argument: "/" + "/".join(wanted.path) for wanted in self.awaits},
        }
