"""The rooms of the package: which may import which, and that no file is part of a circle."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "migrator"
#: Each room may import those further down; rooms of one line do not know each other.
LAYERS = (
    ("cli",),
    ("lsp",),
    ("report",),
    ("program",),
    ("python", "languages", "data", "payload"),
    ("matching",),
    ("findings",),
    ("rules",),
    ("files",),
)
#: A larger folder is two rooms.
MOST_FILES = 22
FLOOR = {room: floor for floor, rooms in enumerate(LAYERS) for room in rooms}
READERS = ("python", "languages", "data")

pytestmark = pytest.mark.xdist_group("one parse of the package")


def sources(package: Path) -> dict[str, ast.Module]:
    """Return the tree of each module of a package, by its dotted name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imported(tree: ast.Module, modules: Mapping[str, ast.Module], *, in_functions: bool = True) -> Iterator[str]:
    """Yield the modules of the package that a tree imports, those inside of functions where that is asked for."""
    for node in statements(tree, in_functions=in_functions):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in line {node.lineno}"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from (name for name in (inner, node.module or "") if name in modules)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)


def statements(tree: ast.Module, *, in_functions: bool) -> Iterator[ast.AST]:
    """Yield the statements of a tree and what they are nested in, without expressions, which import nothing."""
    left: list[ast.AST] = [tree]
    while left:
        node = left.pop()
        yield node
        if in_functions or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            left += (child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr))


def arrows(modules: Mapping[str, ast.Module]) -> set[tuple[str, str]]:
    """Return each import of one module by another, those inside of functions too."""
    return {(name, other) for name, tree in modules.items() for other in imported(tree, modules) if other != name}


def circle(modules: Mapping[str, ast.Module]) -> list[str]:
    """Return the modules of a circle of imports; those inside of functions do not count, for annotations they do."""
    graph = {name: set(imported(tree, modules, in_functions=False)) - {name} for name, tree in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def room(module: str) -> str:
    """Return the folder below the package that a module is in; nothing for one beside the rooms."""
    return module.split(".")[1] if module.count(".") else ""


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.Module]:
    return sources(PACKAGE)


@pytest.fixture(scope="module")
def between_rooms(modules) -> set[tuple[str, str]]:
    return {(name, other) for name, other in arrows(modules) if room(name) in FLOOR and room(other) in FLOOR}


def test_every_folder_is_a_room_with_a_place_among_the_layers():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert folders == FLOOR.keys()


def test_imports_go_one_way_from_the_command_line_down_to_the_rules(between_rooms):
    between = [(name, other) for name, other in between_rooms if room(name) != room(other)]
    assert len(between) > 100
    assert [pair for pair in between if FLOOR[room(pair[0])] >= FLOOR[room(pair[1])]] == []


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_imports_no_other_reader(between_rooms, reader):
    imports = [(name, other) for name, other in between_rooms if room(name) == reader]
    assert imports
    assert [pair for pair in imports if room(pair[1]) in READERS and room(pair[1]) != reader] == []


def test_translating_payloads_needs_the_rules_and_what_it_keeps_needs_files(between_rooms):
    imports = {(name, room(other)) for name, other in between_rooms if room(name) == "payload"}
    assert {other for _, other in imports} == {"payload", "rules", "files"}
    assert {name for name, other in imports if other == "files"} == {
        "migrator.payload.adapters.usage_summary",
        "migrator.payload.streams.atomic_output",
    }


def test_no_files_import_each_other_in_a_circle(modules):
    assert circle(modules) == []


def test_an_import_for_annotations_only_closes_a_circle_and_one_in_a_function_does_not(tmp_path):
    (tmp_path / "one.py").write_text(f"from {tmp_path.name}.two import x\n")
    (tmp_path / "two.py").write_text(f"if TYPE_CHECKING:\n    from {tmp_path.name} import one\n")
    names = {f"{tmp_path.name}.{name}" for name in ("one", "two")}
    assert set(circle(sources(tmp_path))) == names
    (tmp_path / "two.py").write_text(f"def f():\n    from {tmp_path.name}.one import y\n")
    assert circle(sources(tmp_path)) == []
    assert arrows(sources(tmp_path)) == {(a, b) for a in names for b in names if a != b}


def test_no_folder_has_more_files_than_one_room_takes():
    modules = (path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    sizes = Counter(str(path.parent.relative_to(PACKAGE)) for path in modules)
    assert sizes["rules"] > 1
    assert {folder: size for folder, size in sizes.items() if size > MOST_FILES} == {}


def test_no_file_name_means_two_things():
    names = sorted((path.name, str(path)) for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    twice = {name: [path for _, path in group] for name, group in groupby(names, key=lambda pair: pair[0])}
    assert {name: paths for name, paths in twice.items() if len(paths) > 1} == {}


def test_no_class_name_means_two_things(modules):
    classes = sorted(
        (node.name, module)
        for module, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    found = {name: {module for _, module in group} for name, group in groupby(classes, key=lambda pair: pair[0])}
    assert {name: where for name, where in found.items() if len(where) > 1} == {}
