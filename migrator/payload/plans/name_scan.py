"""Scan a decoded value for the names that a step renames, without changing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from migrator.payload.json_pointer import Json
from migrator.payload.plans.change_tree import ChangeNode, Condition, Conditional, NameChange

#: A name, its new name, and the rule that renames it.
RenamedName = tuple[str, str, str]
#: Appends the changes of the names in a value to a list; returns False where the value needs the complete path.
NameScan = Callable[[Json, list[RenamedName]], bool]


def compile_name_scan(node: ChangeNode) -> NameScan | None:
    """Compile the scan of a value; None if the step changes more than names in it."""
    if node.drops or node.renames or node.puts or node.needs or node.remarks or node.bare:
        return None
    if node.names:
        return _scan_name(node.names)
    if node.each is not None:
        each = compile_name_scan(node.each)
        return None if each is None else _scan_array(each)
    inner = {key: compile_name_scan(child) for key, child in node.children.items()}
    scans = {key: scan for key, scan in inner.items() if scan is not None}
    return _scan_object(scans) if len(scans) == len(inner) else None


def _scan_name(names: Mapping[str, NameChange]) -> NameScan:
    def scan_name(value: Json, found: list[RenamedName]) -> bool:
        if value.__class__ is not str:
            return False
        change = names.get(value)
        if change is None:
            return True
        if change.new is None or change.condition is not None:
            return False
        found.append((value, change.new, change.rule))
        return True

    return scan_name


def _scan_array(scan: NameScan) -> NameScan:
    def scan_array(value: Json, found: list[RenamedName]) -> bool:
        if value.__class__ is not list:
            return value is None
        return all(scan(item, found) for item in value)

    return scan_array


def _scan_object(scans: Mapping[str, NameScan]) -> NameScan:
    members = tuple(scans.items())

    def scan_object(value: Json, found: list[RenamedName]) -> bool:
        if value.__class__ is not dict:
            return value is None
        return all(scan(value[key], found) for key, scan in members if key in value)

    return scan_object


def find_conditions(node: ChangeNode) -> Iterator[Condition]:
    """Yield the conditions of all changes in a tree."""
    changes: list[Conditional | NameChange] = [*node.drops, *node.renames, *node.puts, *node.names.values()]
    yield from (change.condition for change in changes if change.condition is not None)
    for inner in (*node.children.values(), *([node.each] if node.each else [])):
        yield from find_conditions(inner)
