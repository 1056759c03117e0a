"""Field types of a table: versions, names, ids and paths, each with its error."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, StrictStr
from pydantic_core import PydanticCustomError

from migrator.rules.json_path import PATH_PATTERN, parse_path
from migrator.rules.rule import Scalar
from migrator.rules.version import VERSION_PATTERN, Version


def _check_version(text: str) -> str:
    try:
        return str(Version(text))
    except ValueError as error:
        raise PydanticCustomError("version", "{why}", {"why": str(error)}) from error


def _check_path(text: str) -> str:
    try:
        parse_path(text)
    except ValueError as error:
        raise PydanticCustomError("json_path", "{why}", {"why": str(error)}) from error
    return text


def _check_scalar(value: object) -> Scalar:
    if not isinstance(value, Scalar):
        raise PydanticCustomError("scalar", "expected a string, a number or a boolean")
    return value


class TableModel(BaseModel):
    """Validate a part of a file: unknown keys are errors, values are not converted."""

    model_config = ConfigDict(extra="forbid", frozen=True)


VersionText = Annotated[
    StrictStr,
    Field(description='A quoted version, such as "3.1".', json_schema_extra={"pattern": VERSION_PATTERN}),
    AfterValidator(_check_version),
]
JsonPath = Annotated[
    StrictStr,
    Field(description="A path of $, .key and [*].", json_schema_extra={"pattern": PATH_PATTERN}),
    AfterValidator(_check_path),
]
WireName = Annotated[StrictStr, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.:-]*$", description="A name on the wire.")]
StableId = Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", description="A stable id in kebab-case.")]
Text = Annotated[StrictStr, Field(min_length=1)]
ScalarValue = Annotated[Scalar, PlainValidator(_check_scalar, json_schema_input_type=Scalar)]


class SourceForm(TableModel):
    """A reference: document, version, item. Never a quotation."""

    document: Literal["changelog", "reference"]
    version: VersionText
    item: Text
