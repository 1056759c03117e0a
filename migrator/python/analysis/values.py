"""Abstract values: the alternatives that an expression may evaluate to, inferred without running the code."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace

from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, Binds, Function
from migrator.python.source.syntax import written_as


@dataclass(frozen=True, slots=True)
class Spot:
    """Identify a syntax node and its module: where a value is written."""

    module: Module
    node: ast.AST

    # Values are hashed by the million: here and below, only by the field that distinguishes them best.
    def __hash__(self) -> int:
        return hash(self.node)

    def __str__(self) -> str:
        return f"{self.module.path}:{self.module.source.shown_line(getattr(self.node, 'lineno', 1))}"


@dataclass(frozen=True, slots=True)
class Lit:
    """Characters that are written in the code: those of the string at `origin` from `offset` on."""

    text: str
    spot: Spot | None = None
    offset: int = 0

    def cut(self, start: int, end: int) -> Lit:
        """Return the characters from `start` up to `end`."""
        return Lit(self.text[start:end], self.spot, self.offset + start)


@dataclass(frozen=True, slots=True)
class Hole:
    """Unknown characters of a string: those of a reference, or of anything."""

    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A string as known and unknown parts. `trail` lists the calls and names that the parts came through."""

    parts: tuple[Lit | Hole, ...]
    trail: tuple[str, ...] = ()

    @property
    def known(self) -> str | None:
        """Return the whole string, or None if a part of it is unknown."""
        if any(type(part) is Hole for part in self.parts):
            return None
        return "".join(part.text for part in self.parts if type(part) is Lit)


@dataclass(frozen=True, slots=True)
class Place:
    """An expression that identifies an object by its source: the same source in one function is the same object."""

    module: str
    scope: int
    text: str


Root = Binding | Place


@dataclass(frozen=True, slots=True)
class Item:
    """The result of following `path` from an object of unknown origin; the object itself if `path` is empty."""

    root: Root
    path: tuple[str, ...] = ()

    @property
    def parameter(self) -> Binding | None:
        """Return the parameter whose argument decides the value, or None."""
        root = self.root
        return root if isinstance(root, Binding) and root.kind is Binds.PARAMETER else None


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the scanned code."""

    module: Module
    node: ast.ClassDef

    def __hash__(self) -> int:
        return hash(self.node)


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a scanned class, created by `call` if that is known, inside the calls listed in `via`."""

    cls: Class
    call: Spot | None = None
    via: tuple[tuple[Callable, Spot], ...] = ()

    def __hash__(self) -> int:
        return hash((self.cls.node, self.call))


@dataclass(frozen=True, slots=True)
class Callable:
    """A scanned function, what it is bound to, and the partial() that passes arguments from `partial_offset` on."""

    module: Module
    node: Function
    bound: Instance | Class | None = None
    given: Spot | None = None
    first: int = 1

    def __hash__(self) -> int:
        return hash((self.node, self.bound, self.given))


@dataclass(frozen=True, slots=True)
class External:
    """A name that is defined outside the scanned code."""

    dotted: str


@dataclass(frozen=True, slots=True)
class Made:
    """The result of calling an external name, inside the calls listed in `via`."""

    dotted: str
    call: Spot
    root: Root
    via: tuple[tuple[Callable, Spot], ...] = ()

    def __hash__(self) -> int:
        return hash(self.call)


@dataclass(frozen=True, slots=True)
class ModuleRef:
    """A module of the scanned code."""

    module: Module


@dataclass(frozen=True, slots=True)
class Display:
    """A dict, list, tuple or set display, a comprehension, or a call of dict()."""

    spot: Spot
    name: Binding | None = None

    def __hash__(self) -> int:
        return hash(self.spot)


@dataclass(frozen=True, slots=True)
class Many:
    """A collection of unknown length that contains these members."""

    members: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A tuple or record: the alternatives of each column, addressed by index or name."""

    columns: tuple[Values, ...]
    names: tuple[str, ...] = ()


Value = Text | Item | Class | Instance | Callable | External | Made | ModuleRef | Display | Many | Row
Values = tuple[Value, ...]

#: Any element, as a step in the path of a reference.
EVERY = "[]"
#: Alternatives of one expression. Tables of names have some dozen, and strings multiply theirs: 64 is eight by eight.
#: An expression with more is unknown, and names in it are listed as name only.
LIMIT = 64
#: Parts of one string. A URL has about ten, a template a few dozen; a string built in a loop grows without end. Parts
#: beyond are one unknown part, and names in them are listed as name only.
PARTS = 200


def one_of(values: Sequence[Value]) -> Values:
    """Return the distinct alternatives, in order; none if there are more than `MAX_ALTERNATIVES`."""
    distinct = tuple(dict.fromkeys(values) if len(values) > 1 else values)
    return distinct if len(distinct) <= LIMIT else ()


def opaque(module: Module, node: ast.expr) -> Item:
    """Return a reference to the object that an expression names, when nothing else is known of it."""
    return Item(place(module, node))


def place(module: Module, node: ast.expr) -> Place:
    """Return the identity of an expression within its function."""
    home = module.enclosing(node, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return Place(module.path, getattr(home, "lineno", 0), written_as(module.source, node))


def as_text(value: Value) -> Text:
    """Return a value as part of a string."""
    if isinstance(value, Text):
        return value
    return Text((Hole(value if isinstance(value, Item) else None),))


def joined(texts: list[Text]) -> Text:
    """Return the concatenation of strings, with neighbouring anonymous unknown parts merged."""
    parts: list[Lit | Hole] = []
    for text in texts:
        for part in text.parts:
            if not (type(part) is Lit and not part.text) and not (part == Hole() and parts[-1:] == [part]):
                parts.append(part)
    trail = tuple(dict.fromkeys(step for text in texts for step in text.trail))
    return Text(tuple(parts) if len(parts) <= PARTS else (*parts[:PARTS], Hole()), trail[:PARTS])


def trimmed(text: Text, characters: str | None, *, left: bool, right: bool) -> Text:
    """Apply ``str.strip`` to the ends that are known."""
    parts = list(text.parts)
    if left and parts and isinstance(first := parts[0], Lit):
        kept = len(first.text) - len(first.text.lstrip(characters))
        parts[0] = first.cut(kept, len(first.text))
    if right and parts and isinstance(last := parts[-1], Lit):
        parts[-1] = last.cut(0, len(last.text.rstrip(characters)))
    return replace(text, parts=tuple(parts))
