"""What an expression may stand for, as far as a reader of the code can tell without running it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace

from migrator.python.analysis.module import Module
from migrator.python.analysis.scopes import Binding, Binds, Function
from migrator.python.source.syntax import written_as


@dataclass(frozen=True, slots=True)
class Spot:
    """A node of a module: where a value was written."""

    module: Module
    node: ast.AST

    # Values are hashed by the million: here and below by what hardly two of them share, and not by all they hold.
    def __hash__(self) -> int:
        return hash(self.node)

    def __str__(self) -> str:
        return f"{self.module.path}:{self.module.source.shown_line(getattr(self.node, 'lineno', 1))}"


@dataclass(frozen=True, slots=True)
class Lit:
    """Characters that are written in the code: those of the string at `spot` from `offset` on."""

    text: str
    spot: Spot | None = None
    offset: int = 0

    def cut(self, start: int, end: int) -> Lit:
        """The characters from `start` up to `end`."""
        return Lit(self.text[start:end], self.spot, self.offset + start)


@dataclass(frozen=True, slots=True)
class Hole:
    """Characters that are not known: those of an item, or of anything."""

    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A string, part by part. `trail` says by which calls and names the parts came together."""

    parts: tuple[Lit | Hole, ...]
    trail: tuple[str, ...] = ()

    @property
    def known(self) -> str | None:
        """The whole string, if every part of it is known."""
        if any(type(part) is Hole for part in self.parts):
            return None
        return "".join(part.text for part in self.parts if type(part) is Lit)


@dataclass(frozen=True, slots=True)
class Place:
    """An expression that names an object only by its text: the same text in one function is the same object."""

    module: str
    scope: int
    text: str


Root = Binding | Place


@dataclass(frozen=True, slots=True)
class Item:
    """What is found in an object of unknown making by following `path`; the object itself when `path` is empty."""

    root: Root
    path: tuple[str, ...] = ()

    @property
    def parameter(self) -> Binding | None:
        """The parameter whose argument decides what this is."""
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
    """An object of a class of the scanned code, made by `call` where that is known, in the functions called `via`."""

    cls: Class
    call: Spot | None = None
    via: tuple[tuple[Callable, Spot], ...] = ()

    def __hash__(self) -> int:
        return hash((self.cls.node, self.call))


@dataclass(frozen=True, slots=True)
class Callable:
    """A function of the scanned code, what it is bound to, and the partial that gave it arguments from `first` on."""

    module: Module
    node: Function
    bound: Instance | Class | None = None
    given: Spot | None = None
    first: int = 1

    def __hash__(self) -> int:
        return hash((self.node, self.bound, self.given))


@dataclass(frozen=True, slots=True)
class External:
    """Something defined outside the scanned code, by its dotted name."""

    dotted: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a call of something external gave back, in the functions called `via`."""

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
    """A dict, list, tuple or set that is written out, or built by a comprehension or by dict(...)."""

    spot: Spot
    name: Binding | None = None

    def __hash__(self) -> int:
        return hash(self.spot)


@dataclass(frozen=True, slots=True)
class Many:
    """A collection of unknown length of these."""

    members: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Values side by side, told apart by their index or name."""

    columns: tuple[Values, ...]
    names: tuple[str, ...] = ()


Value = Text | Item | Class | Instance | Callable | External | Made | ModuleRef | Display | Many | Row
Values = tuple[Value, ...]

#: Any element, as a step in the path of an item.
EVERY = "[]"
#: More alternatives than this are not followed.
LIMIT = 64
#: A string of more parts than this is not followed to its end.
PARTS = 200


def one_of(values: Sequence[Value]) -> Values:
    """The distinct alternatives, in order; none at all when there are too many to follow."""
    distinct = tuple(dict.fromkeys(values) if len(values) > 1 else values)
    return distinct if len(distinct) <= LIMIT else ()


def opaque(module: Module, node: ast.expr) -> Item:
    """Return an object of which only the text of its expression is known."""
    return Item(place(module, node))


def place(module: Module, node: ast.expr) -> Place:
    """Return the identity of an expression within its function."""
    home = module.enclosing(node, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return Place(module.path, getattr(home, "lineno", 0), written_as(module.source, node))


def as_text(value: Value) -> Text:
    """A value as part of a string."""
    if isinstance(value, Text):
        return value
    return Text((Hole(value if isinstance(value, Item) else None),))


def joined(texts: list[Text]) -> Text:
    """Texts one after the other, neighbouring holes of nothing in particular made one."""
    parts: list[Lit | Hole] = []
    for text in texts:
        for part in text.parts:
            if not (type(part) is Lit and not part.text) and not (part == Hole() and parts[-1:] == [part]):
                parts.append(part)
    trail = tuple(dict.fromkeys(step for text in texts for step in text.trail))
    return Text(tuple(parts) if len(parts) <= PARTS else (*parts[:PARTS], Hole()), trail[:PARTS])


def trimmed(text: Text, characters: str | None, *, left: bool, right: bool) -> Text:
    """``str.strip`` on the parts at the ends that are known."""
    parts = list(text.parts)
    if left and parts and isinstance(first := parts[0], Lit):
        kept = len(first.text) - len(first.text.lstrip(characters))
        parts[0] = first.cut(kept, len(first.text))
    if right and parts and isinstance(last := parts[-1], Lit):
        parts[-1] = last.cut(0, len(last.text.rstrip(characters)))
    return replace(text, parts=tuple(parts))
