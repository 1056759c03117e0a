"""What a reader learns about a program: the calls, paths and base URLs of the API in it."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.languages.grammar.string_parts import StringParts
from migrator.matching.url_patterns import SeenUrl


@dataclass(slots=True)
class ProgramCall:
    """A method of the API that a program evidently calls: the node with its name, and why."""

    method: str
    node: int
    start: int
    end: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BarePath:
    """A string that is the path of a method without a host."""

    node: int
    shape: StringParts
    url: SeenUrl


@dataclass(frozen=True, slots=True)
class BaseUrl:
    """A string that is the base URL of all APIs on a host of the API, with the span of its version.

    With `calls_methods`, the service is put in at run time, and the path of a method follows it.
    """

    span: tuple[int, int]
    version: str
    evidence: str
    calls_methods: bool = False
