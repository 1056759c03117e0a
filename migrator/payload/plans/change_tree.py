"""What one step does to a document: a tree of changes that follows the document's own shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrator.payload.follow_up import Await
from migrator.payload.loss import Extent
from migrator.rules.json_path import EACH

#: A parsed path of a table: keys, and EACH for every element of an array.
Path = tuple[str | None, ...]

#: Stands for "there is no value"; JSON's null is a value.
NOTHING: Any = object()


@dataclass(frozen=True, slots=True)
class Condition:
    """The change happens only where the older document's value at `path` is `equals`."""

    path: tuple[str, ...]
    equals: Any


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of a name. `reason` says why it has no counterpart where `new` is None or `condition` fails."""

    rule: str
    new: str | None
    reason: str = ""
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """The further call that a removed value becomes.

    `arguments` maps each argument to its path in the request, or to None for the removed value; `awaits` are those that
    the answer holds. `values` maps removed values to what is sent; no value in `unless` makes a call.
    """

    api: str
    method: str
    url: str
    arguments: Mapping[str, tuple[str, ...] | None]
    awaits: tuple[Await, ...]
    values: Mapping[str, str]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """A key that goes. A value equal to `known` comes back on the way back; any other is called for, or lost."""

    rule: str
    key: str
    known: Any
    extent: Extent
    reason: str
    call: Call | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """A key that is called otherwise."""

    rule: str
    key: str
    new: str
    reason: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """A key that comes where it is absent; `note` says why, where that must be declared."""

    rule: str
    key: str
    value: Any
    note: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A key that the newer version requires; `declare` is what the user would have to declare."""

    rule: str
    key: str
    declare: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A key (or, where `text` is given, a key with that text) of which only a person can say what becomes of it."""

    rule: str
    key: str
    text: str | None
    reason: str


Change = Drop | Rename | Put | Need | Remark

#: The changes that may hang on a condition.
Conditional = Drop | Rename | Put


@dataclass(frozen=True, slots=True)
class Node:
    """The changes to one value.

    `names`: what becomes of a string. `each`: the changes to every element of an array. `children`: the changes to the
    values of an object's keys, in the words of the older version; the rest are changes to the object's keys.
    `bare`: the key (and the rule) inside which the value stands in the older version alone.
    """

    names: Mapping[str, Move]
    each: Node | None
    children: Mapping[str, Node]
    remarks: tuple[Remark, ...] = ()
    drops: tuple[Drop, ...] = ()
    renames: tuple[Rename, ...] = ()
    puts: tuple[Put, ...] = ()
    needs: tuple[Need, ...] = ()
    bare: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A change to the string at a place."""

    old: str
    move: Move


@dataclass(frozen=True, slots=True)
class Bare:
    """A change of the value at a place: it stands inside an object with one key, or bare."""

    key: str
    rule: str


def grow(changes: list[tuple[Path, Change | Named | Bare]]) -> Node | None:
    """The tree of changes, each given with the path of the value that it changes; None when there is none."""
    if not changes:
        return None
    here = [change for path, change in changes if not path]
    below: dict[str | None, list[tuple[Path, Change | Named | Bare]]] = {}
    for path, change in changes:
        if path:
            below.setdefault(path[0], []).append((path[1:], change))
    children = {key: node for key, group in below.items() if key is not EACH and (node := grow(group))}
    return Node(
        names={change.old: change.move for change in here if isinstance(change, Named)},
        each=grow(below.get(EACH, [])),
        children=children,
        remarks=tuple(change for change in here if isinstance(change, Remark)),
        drops=tuple(change for change in here if isinstance(change, Drop)),
        renames=tuple(change for change in here if isinstance(change, Rename)),
        puts=tuple(change for change in here if isinstance(change, Put)),
        needs=tuple(change for change in here if isinstance(change, Need)),
        bare=next(((change.key, change.rule) for change in here if isinstance(change, Bare)), None),
    )
