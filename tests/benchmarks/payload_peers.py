"""Other libraries that make the same edits, for comparison."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from pydantic import BaseModel, ConfigDict

PEERS = ("orjson", "pydantic", "jsonpatch", "cadwyn")
NEW_NAMES = {"thread_closed": "chat_deactivated", "access_granted": "chat_access_granted"}


class Payload(BaseModel):
    """The payload of an access webhook."""

    model_config = ConfigDict(extra="allow")
    resource: str | None = None


class Envelope(BaseModel):
    """A webhook."""

    model_config = ConfigDict(extra="allow")
    webhook_id: str
    secret_key: str
    action: str
    payload: Payload


def peers(action, given):
    """A function for each library that is installed."""
    found = {"pydantic validate": Envelope.model_validate, "pydantic validate, edit and dump": with_pydantic}
    if find_spec("jsonpatch") and action in NEW_NAMES:
        found["jsonpatch"] = with_jsonpatch(action)
    if find_spec("cadwyn") and action in NEW_NAMES:
        found["cadwyn migrate_response_body and dump"] = with_cadwyn(action, given)
    return found


def with_pydantic(given):
    """Models in and out."""
    webhook = Envelope.model_validate(given)
    webhook.action = NEW_NAMES.get(webhook.action, webhook.action)
    return webhook.model_dump(exclude={"payload": {"resource"}})


def with_jsonpatch(action):
    """A patch that was parsed beforehand; it copies the document."""
    import jsonpatch

    edits: list[dict[str, Any]] = [{"op": "replace", "path": "/action", "value": NEW_NAMES[action]}]
    if action == "access_granted":
        edits += [
            {"op": "test", "path": "/payload/resource", "value": "chat"},
            {"op": "remove", "path": "/payload/resource"},
        ]
    patch = jsonpatch.JsonPatch(edits)
    return patch.apply


def with_cadwyn(action, given):
    """A version change that edits a response, run by cadwyn's public function, which validates what it returns."""
    from cadwyn import HeadVersion, Version, VersionBundle, VersionChange, migrate_response_body
    from cadwyn import convert_response_to_previous_version_for as converter

    class Edit(VersionChange):
        description = "the same edit"
        instructions_to_migrate_to_previous_version = ()

        @converter(Envelope)
        def edit(response):
            response.body["action"] = NEW_NAMES[response.body["action"]]
            if action == "access_granted":
                response.body["payload"] = {**response.body["payload"]}
                del response.body["payload"]["resource"]

    bundle = VersionBundle(HeadVersion(), Version("2001-01-01", Edit), Version("2000-01-01"))

    def convert(given):
        # The function edits the body that it is given: so it is copied, as deep as it is edited.
        edited = migrate_response_body(bundle, Envelope, latest_body={**given}, version="2000-01-01")
        return edited.model_dump(exclude_unset=True)

    expected = {**given, "action": NEW_NAMES[action], "payload": {**given["payload"]}}
    expected["payload"].pop("resource", None)
    assert convert(given) == expected
    return convert
