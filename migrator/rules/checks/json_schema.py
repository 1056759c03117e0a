"""Export the JSON Schema of a table's files, for completion in editors."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from migrator.rules.checks.api_schema import ApiFile
from migrator.rules.checks.step_schema import StepFile


def create_json_schema() -> dict[str, Any]:
    """Create one schema for both forms of file: the description of an API, and a step."""
    _, definitions = models_json_schema([(ApiFile, "validation"), (StepFile, "validation")])
    schema: dict[str, Any] = _without_titles(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A table of rules",
        "anyOf": [{"$ref": f"#/$defs/{form.__name__}"} for form in (StepFile, ApiFile)],
        **schema,
    }


def _without_titles(node: Any) -> Any:  # noqa: ANN401  # any JSON
    """Remove titles, which only repeat the keys; a key that is itself called title contains an object."""
    if isinstance(node, dict):
        kept = {key: value for key, value in node.items() if key != "title" or not isinstance(value, str)}
        return {key: _without_titles(value) for key, value in kept.items()}
    return [_without_titles(item) for item in node] if isinstance(node, list) else node
