"""The changes of one step to a document, as a tree of the document's own shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrator.payload.follow_up import AwaitedArgument
from migrator.payload.loss import LossExtent
from migrator.rules.json_path import EACH

#: A parsed path of a table: keys, and EACH for every element of an array.
Path = tuple[str | None, ...]

#: Marks an absent value; JSON's null is a value.
ABSENT: Any = object()


@dataclass(frozen=True, slots=True)
class Condition:
    """Restrict a change to documents whose older form has the value `equals` at `path`."""

    path: tuple[str, ...]
    equals: Any


@dataclass(frozen=True, slots=True)
class NameChange:
    """Rename a name, or refuse it. `reason` says why it has no counterpart if `new` is None or `condition` fails."""

    rule: str
    new: str | None
    reason: str = ""
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class FollowUpTemplate:
    """Describe the follow-up call that replaces a removed value.

    `arguments` maps each argument to its path in the request, or to None for the removed value; `awaits` are those read
    from the response. `values` maps removed values to sent ones; a value in `unless` needs no call.
    """

    api: str
    method: str
    url: str
    arguments: Mapping[str, tuple[str, ...] | None]
    awaits: tuple[AwaitedArgument, ...]
    values: Mapping[str, str]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DropKey:
    """Remove a key. A value equal to `known` is restored on the way back; any other becomes a call or a loss."""

    rule: str
    key: str
    known: Any
    extent: LossExtent
    reason: str
    call: FollowUpTemplate | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class RenameKey:
    """Rename a key."""

    rule: str
    key: str
    new: str
    reason: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class PutKey:
    """Add a key where it is absent; `note` is the reason to report, if it must be reported."""

    rule: str
    key: str
    value: Any
    note: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class RequireKey:
    """Report a key that the newer version requires; `declare` is the key of `context` that would supply it."""

    rule: str
    key: str
    declare: str


@dataclass(frozen=True, slots=True)
class RemarkKey:
    """Report a key (or, if `text` is given, a key with that text) that must be reviewed manually."""

    rule: str
    key: str
    text: str | None
    reason: str


Change = DropKey | RenameKey | PutKey | RequireKey | RemarkKey

#: The changes that may have a condition.
Conditional = DropKey | RenameKey | PutKey


@dataclass(frozen=True, slots=True)
class ChangeNode:
    """Collect the changes to one value.

    `names` changes a string, `each` every element of an array, `children` the values of an object's keys (in the names
    of the older version); the rest change the object's keys. `bare` is the key (and the rule) under which only the
    older version nests the value.
    """

    names: Mapping[str, NameChange]
    each: ChangeNode | None
    children: Mapping[str, ChangeNode]
    remarks: tuple[RemarkKey, ...] = ()
    drops: tuple[DropKey, ...] = ()
    renames: tuple[RenameKey, ...] = ()
    puts: tuple[PutKey, ...] = ()
    needs: tuple[RequireKey, ...] = ()
    bare: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class NameAtPath:
    """Change the string at a path."""

    old: str
    move: NameChange


@dataclass(frozen=True, slots=True)
class Unnest:
    """Replace an object with one key by the value of that key, or the reverse."""

    key: str
    rule: str


def build_tree(changes: list[tuple[Path, Change | NameAtPath | Unnest]]) -> ChangeNode | None:
    """Build the tree of changes, each given with the path of the value that it changes; None without changes."""
    if not changes:
        return None
    here = [change for path, change in changes if not path]
    below: dict[str | None, list[tuple[Path, Change | NameAtPath | Unnest]]] = {}
    for path, change in changes:
        if path:
            below.setdefault(path[0], []).append((path[1:], change))
    children = {key: node for key, group in below.items() if key is not EACH and (node := build_tree(group))}
    return ChangeNode(
        names={change.old: change.move for change in here if isinstance(change, NameAtPath)},
        each=build_tree(below.get(EACH, [])),
        children=children,
        remarks=tuple(change for change in here if isinstance(change, RemarkKey)),
        drops=tuple(change for change in here if isinstance(change, DropKey)),
        renames=tuple(change for change in here if isinstance(change, RenameKey)),
        puts=tuple(change for change in here if isinstance(change, PutKey)),
        needs=tuple(change for change in here if isinstance(change, RequireKey)),
        bare=next(((change.key, change.rule) for change in here if isinstance(change, Unnest)), None),
    )
