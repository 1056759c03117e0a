"""Abstract values: the alternatives that an expression may evaluate to, inferred without running the code."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace

from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, BindingKind, Function
from migrator.python.source.syntax import compact_source


@dataclass(frozen=True, slots=True)
class ModuleNode:
    """Identify a syntax node and its module: where a value is written."""

    module: Module
    node: ast.AST

    # Values are hashed by the million: here and below, only by the field that distinguishes them best.
    def __hash__(self) -> int:
        return hash(self.node)

    def __str__(self) -> str:
        return f"{self.module.path}:{self.module.source.displayed_line(getattr(self.node, 'lineno', 1))}"


@dataclass(frozen=True, slots=True)
class LiteralPart:
    """Characters that are written in the code: those of the string at `origin` from `offset` on."""

    text: str
    origin: ModuleNode | None = None
    offset: int = 0

    def slice(self, start: int, end: int) -> LiteralPart:
        """Return the characters from `start` up to `end`."""
        return LiteralPart(self.text[start:end], self.origin, self.offset + start)


@dataclass(frozen=True, slots=True)
class UnknownPart:
    """Unknown characters of a string: those of a reference, or of anything."""

    item: Reference | None = None


@dataclass(frozen=True, slots=True)
class StringValue:
    """A string as known and unknown parts. `trail` lists the calls and names that the parts came through."""

    parts: tuple[LiteralPart | UnknownPart, ...]
    trail: tuple[str, ...] = ()

    @property
    def known(self) -> str | None:
        """Return the whole string, or None if a part of it is unknown."""
        if any(type(part) is UnknownPart for part in self.parts):
            return None
        return "".join(part.text for part in self.parts if type(part) is LiteralPart)


@dataclass(frozen=True, slots=True)
class SourceExpr:
    """An expression that identifies an object by its source: the same source in one function is the same object."""

    module: str
    scope: int
    text: str


Root = Binding | SourceExpr


@dataclass(frozen=True, slots=True)
class Reference:
    """The result of following `path` from an object of unknown origin; the object itself if `path` is empty."""

    root: Root
    path: tuple[str, ...] = ()

    @property
    def parameter(self) -> Binding | None:
        """Return the parameter whose argument decides the value, or None."""
        root = self.root
        return root if isinstance(root, Binding) and root.kind is BindingKind.PARAMETER else None


@dataclass(frozen=True, slots=True)
class ClassValue:
    """A class of the scanned code."""

    module: Module
    node: ast.ClassDef

    def __hash__(self) -> int:
        return hash(self.node)


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a scanned class, created by `call` if that is known, inside the calls listed in `via`."""

    cls: ClassValue
    call: ModuleNode | None = None
    via: tuple[tuple[FunctionValue, ModuleNode], ...] = ()

    def __hash__(self) -> int:
        return hash((self.cls.node, self.call))


@dataclass(frozen=True, slots=True)
class FunctionValue:
    """A scanned function, what it is bound to, and the partial() that passes arguments from `partial_offset` on."""

    module: Module
    node: Function
    bound: Instance | ClassValue | None = None
    partial_call: ModuleNode | None = None
    partial_offset: int = 1

    def __hash__(self) -> int:
        return hash((self.node, self.bound, self.partial_call))


@dataclass(frozen=True, slots=True)
class ExternalName:
    """A name that is defined outside the scanned code."""

    dotted: str


@dataclass(frozen=True, slots=True)
class ExternalObject:
    """The result of calling an external name, inside the calls listed in `via`."""

    dotted: str
    call: ModuleNode
    root: Root
    via: tuple[tuple[FunctionValue, ModuleNode], ...] = ()

    def __hash__(self) -> int:
        return hash(self.call)


@dataclass(frozen=True, slots=True)
class ModuleValue:
    """A module of the scanned code."""

    module: Module


@dataclass(frozen=True, slots=True)
class Display:
    """A dict, list, tuple or set display, a comprehension, or a call of dict()."""

    origin: ModuleNode
    name: Binding | None = None

    def __hash__(self) -> int:
        return hash(self.origin)


@dataclass(frozen=True, slots=True)
class CollectionValue:
    """A collection of unknown length that contains these members."""

    members: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RecordValue:
    """A tuple or record: the alternatives of each column, addressed by index or name."""

    columns: tuple[Values, ...]
    names: tuple[str, ...] = ()


Value = (
    StringValue
    | Reference
    | ClassValue
    | Instance
    | FunctionValue
    | ExternalName
    | ExternalObject
    | ModuleValue
    | Display
    | CollectionValue
    | RecordValue
)
Values = tuple[Value, ...]

#: Any element, as a step in the path of a reference.
ANY_ELEMENT = "[]"
#: Alternatives of one expression. Tables of names have some dozen, and strings multiply theirs: 64 is eight by eight.
#: An expression with more is unknown, and names in it are listed as name only.
MAX_ALTERNATIVES = 64
#: Parts of one string. A URL has about ten, a template a few dozen; a string built in a loop grows without end. Parts
#: beyond are one unknown part, and names in them are listed as name only.
MAX_PARTS = 200


def merge_alternatives(values: Sequence[Value]) -> Values:
    """Return the distinct alternatives, in order; none if there are more than `MAX_ALTERNATIVES`."""
    distinct = tuple(dict.fromkeys(values) if len(values) > 1 else values)
    return distinct if len(distinct) <= MAX_ALTERNATIVES else ()


def reference_to(module: Module, node: ast.expr) -> Reference:
    """Return a reference to the object that an expression names, when nothing else is known of it."""
    return Reference(source_expr(module, node))


def source_expr(module: Module, node: ast.expr) -> SourceExpr:
    """Return the identity of an expression within its function."""
    home = module.enclosing_node(node, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return SourceExpr(module.path, getattr(home, "lineno", 0), compact_source(module.source, node))


def to_string(value: Value) -> StringValue:
    """Return a value as part of a string."""
    if isinstance(value, StringValue):
        return value
    return StringValue((UnknownPart(value if isinstance(value, Reference) else None),))


def concatenate(texts: list[StringValue]) -> StringValue:
    """Return the concatenation of strings, with neighbouring anonymous unknown parts merged."""
    parts: list[LiteralPart | UnknownPart] = []
    for text in texts:
        for part in text.parts:
            if not (type(part) is LiteralPart and not part.text) and not (
                part == UnknownPart() and parts[-1:] == [part]
            ):
                parts.append(part)
    trail = tuple(dict.fromkeys(step for text in texts for step in text.trail))
    return StringValue(
        tuple(parts) if len(parts) <= MAX_PARTS else (*parts[:MAX_PARTS], UnknownPart()), trail[:MAX_PARTS]
    )


def strip_known_ends(text: StringValue, characters: str | None, *, left: bool, right: bool) -> StringValue:
    """Apply ``str.strip`` to the ends that are known."""
    parts = list(text.parts)
    if left and parts and isinstance(first := parts[0], LiteralPart):
        kept = len(first.text) - len(first.text.lstrip(characters))
        parts[0] = first.slice(kept, len(first.text))
    if right and parts and isinstance(last := parts[-1], LiteralPart):
        parts[-1] = last.slice(0, len(last.text.rstrip(characters)))
    return replace(text, parts=tuple(parts))
