"""Pydantic models of the file that describes an API."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from migrator.rules.checks.field_types import SourceForm, StableId, TableModel, Text, VersionText, WireName


class EnvelopeForm(TableModel):
    """The object in which a webhook is delivered."""

    name: WireName = Field(description="The key that contains the name of the webhook.")
    keys: tuple[WireName, ...] = Field(min_length=1, description="Every key that an envelope may have.")
    distinctive: tuple[WireName, ...] = Field(description="The keys that only an envelope has.")
    body: tuple[WireName, ...] = Field((), description="The keys that contain its body.")
    foreign: tuple[WireName, ...] = Field((), description="Keys that show that an object is no envelope.")


class ClientForm(TableModel):
    """Client classes, by dotted name; `*` matches."""

    classes: tuple[Text, ...] = Field(min_length=1)
    factories: tuple[WireName, ...] = Field((), description="Functions that return an instance.")
    version: WireName | None = Field(None, description="The parameter that takes the version.")
    body: WireName | None = Field(None, description="The parameter that takes a whole request.")


class SdkForm(TableModel):
    """A library in another language, which spells the names of the API in its own way."""

    packages: tuple[Text, ...] = Field(min_length=1, description="The modules that code imports; `*` matches.")


class NamesForm(TableModel):
    """Names that only some versions know, and that no row introduces."""

    id: StableId
    since: VersionText = Field(description="The first version that is documented to know the names.")
    until: VersionText | None = Field(None, description="The last version that knows them, if a later one does not.")
    methods: tuple[WireName, ...] = ()
    webhooks: tuple[WireName, ...] = ()
    source: SourceForm


class ApiForm(TableModel):
    """The evidence by which code and documents of the API are recognised."""

    id: StableId
    title: Text
    hosts: tuple[Text, ...] = Field(min_length=1, description="Host names; `*` matches.")
    path: Annotated[Text, Field(pattern=r"^/.*\{version\}.*\{method\}$")]
    legacy_paths: tuple[Annotated[Text, Field(pattern=r"^/.*\{method\}$")], ...] = ()
    methods: tuple[WireName, ...] = Field((), description="Methods that no row renames.")
    webhooks: tuple[WireName, ...] = Field((), description="Webhooks that no row renames.")
    words: tuple[Text, ...] = Field((), description="Words that suggest the API without proving it.")
    foreign: tuple[Text, ...] = Field((), description="Evidence of a neighbouring API that uses the same names.")
    envelope: EnvelopeForm | None = None
    client: tuple[ClientForm, ...] = ()
    sdk: tuple[SdkForm, ...] = ()
    names: tuple[NamesForm, ...] = Field(
        (), description="With these lists, the names of each version are known completely: others are reported."
    )


class ApiFile(TableModel):
    """The description of one API."""

    api: ApiForm
