"""Create the follow-up call that replaces a removed value."""

from __future__ import annotations

from migrator.payload.follow_up import FollowUp
from migrator.payload.json_pointer import Json, describe_type, format_pointer, read_path
from migrator.payload.loss import Loss, LossExtent
from migrator.payload.plans.change_tree import DropKey, FollowUpTemplate
from migrator.payload.translation_errors import DocumentError


def create_follow_up(
    drop: DropKey, call: FollowUpTemplate, value: Json, request: Json, place: str
) -> FollowUp | Loss | None:
    """Create the call for a removed value; None if the value needs none, a loss if the call cannot be made.

    Raises DocumentError when the value is not a string and the table maps strings.
    """
    if call.values and not isinstance(value, str):
        raise DocumentError(place, f"expected a string, got {describe_type(value)}")
    if value in call.unless:
        return None
    if call.values and value not in call.values:
        known = ", ".join(map(repr, call.values))
        return Loss(drop.rule, place, value, f"{call.method} has no such value (known: {known})", LossExtent.VALUE)
    body: dict[str, Json] = {}
    for argument, path in call.arguments.items():
        if path is None:
            body[argument] = call.values.get(value, value) if call.values else value
            continue
        found, body[argument] = read_path(request, path)
        if not found or body[argument] is None:
            told = f"{call.method} needs {format_pointer(path)} as {argument}, but the request does not contain it"
            return Loss(drop.rule, place, value, told, LossExtent.VALUE)
    return FollowUp(drop.rule, place, call.api, call.method, call.url, body, call.awaits)
