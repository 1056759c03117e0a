"""Follow-up calls: further requests that keep the meaning of a translated one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrator.payload.json_pointer import Json, read
from migrator.payload.translation_errors import DocumentError


@dataclass(frozen=True, slots=True)
class Await:
    """An argument of a follow-up call that only the answer to the translated request holds."""

    argument: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A further call that keeps the meaning: send `body` to `url` once the translated request was answered.

    While `awaits` names arguments, the call is not `ready`: `resolve` it with the answer first. `pointer` is the place
    in the request, as it was given, of the value that the call now carries.
    """

    rule: str
    pointer: str
    api: str
    method: str
    url: str
    body: dict[str, Json]
    awaits: tuple[Await, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether `body` is complete."""
        return not self.awaits

    def resolve(self, answer: Json) -> FollowUp:
        """The same call with what the answer holds; `answer` is the target version's, as it arrived.

        Raises DocumentError when the answer lacks a value that the call needs.
        """
        body = {**dict.fromkeys(wanted.argument for wanted in self.awaits), **self.body}
        for wanted in self.awaits:
            found, value = read(answer, wanted.path)
            if not found or value is None:
                needs = f"the answer does not hold it, and {self.method} needs it as {wanted.argument}"
                raise DocumentError("/" + "/".join(wanted.path), needs)
            body[wanted.argument] = value
        return replace(self, body=body, awaits=())

    def as_json(self) -> dict[str, Json]:
        """The call as one JSON object; `awaits` maps an argument to a JSON Pointer into the answer."""
        return {
            "rule": self.rule,
            "pointer": self.pointer,
            "api": self.api,
            "method": self.method,
            "url": self.url,
            "body": self.body,
            "awaits": {wanted.argument: "/" + "/".join(wanted.path) for wanted in self.awaits},
        }
