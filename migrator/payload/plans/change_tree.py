"""The changes of one step to a document, as a tree of the document's own shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrator.payload.follow_up import Await
from migrator.payload.loss import Extent
from migrator.rules.json_path import EACH

#: A parsed path of a table: keys, and EACH for every element of an array.
Path = tuple[str | None, ...]

#: Marks an absent value; JSON's null is a value.
NOTHING: Any = object()


@dataclass(frozen=True, slots=True)
class Condition:
    """Restrict a change to documents whose older form has the value `equals` at `path`."""

    path: tuple[str, ...]
    equals: Any


@dataclass(frozen=True, slots=True)
class Move:
    """Rename a name, or refuse it. `reason` says why it has no counterpart if `new` is None or `condition` fails."""

    rule: str
    new: str | None
    reason: str = ""
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Describe the follow-up call that replaces a removed value.

    `arguments` maps each argument to its path in the request, or to None for the removed value; `awaits` are those read
    from the response. `values` maps removed values to sent ones; a value in `unless` needs no call.
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
    """Remove a key. A value equal to `known` is restored on the way back; any other becomes a call or a loss."""

    rule: str
    key: str
    known: Any
    extent: Extent
    reason: str
    call: Call | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """Rename a key."""

    rule: str
    key: str
    new: str
    reason: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """Add a key where it is absent; `note` is the reason to report, if it must be reported."""

    rule: str
    key: str
    value: Any
    note: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Report a key that the newer version requires; `declare` is the key of `context` that would supply it."""

    rule: str
    key: str
    declare: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Report a key (or, if `text` is given, a key with that text) that must be reviewed manually."""

    rule: str
    key: str
    text: str | None
    reason: str


Change = Drop | Rename | Put | Need | Remark

#: The changes that may have a condition.
Conditional = Drop | Rename | Put


@dataclass(frozen=True, slots=True)
class Node:
    """Collect the changes to one value.

    `names` changes a string, `each` every element of an array, `children` the values of an object's keys (in the names
    of the older version); the rest change the object's keys. `bare` is the key (and the rule) under which only the
    older version nests the value.
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
    """Change the string at a path."""

    old: str
    move: Move


@dataclass(frozen=True, slots=True)
class Bare:
    """Replace an object with one key by the value of that key, or the reverse."""

    key: str
    rule: str


def grow(changes: list[tuple[Path, Change | Named | Bare]]) -> Node | None:
    """Build the tree of changes, each given with the path of the value that it changes; None without changes."""
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
