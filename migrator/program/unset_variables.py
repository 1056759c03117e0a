"""Find environment variables that replace an edited default, where no file of settings sets them.

The code was raised, but what is deployed may set the variable to the older version where no tool can see it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migrator.files.python_files import is_python
from migrator.files.settings_files import SETTINGS_FILES, find_parent_folders, is_sample
from migrator.findings.finding import FileResult, Finding
from migrator.matching.urls import redact_shape
from migrator.python.groups.setting_defaults import find_setting_defaults, find_settings
from migrator.rules.rule import Kind

#: Returns the bytes of a file of settings; raises OSError if there is none.
ReadSettings = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class UnsetVariable:
    """A variable, the value that it must have where it is set, and the finding whose edit is only its default."""

    name: str
    value: str
    finding: Finding


def find_unset_variables(result: FileResult[bytes], read_settings: ReadSettings) -> Iterator[UnsetVariable]:
    """Yield the variables that replace the versions which are edited in a file of Python."""
    raised = [finding for finding in result.applied if finding.kind == Kind.RAISE_VERSION]
    if not raised or not is_python(result.path, result.before):
        return
    try:
        tree = ast.parse(result.before)
    except (SyntaxError, ValueError, RecursionError):
        return  # a notebook, or newer than this Python: its defaults are not looked at
    values = _find_values(tree)
    for names, default in find_setting_defaults(ast.walk(tree), _is_settings_class):
        literal = values.get(default.id) if isinstance(default, ast.Name) else default
        finding = next((each for each in raised if literal is not None and _contains(literal, each)), None)
        if finding is not None and not any(_is_set(result.path, name, read_settings) for name in names):
            yield UnsetVariable(names[-1].upper(), _raised_value(literal, finding), finding)


def _find_values(tree: ast.Module) -> dict[str, ast.expr]:
    """Return the value of each name that is assigned at the top of the module."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _is_settings_class(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).rpartition(".")[2].endswith("Settings") for base in node.bases)


def _contains(literal: ast.expr, finding: Finding) -> bool:
    start = literal.lineno, literal.col_offset
    end = literal.end_lineno or 0, literal.end_col_offset or 0
    # Columns of the tree count bytes and those of findings characters, so that only lines tell two literals apart
    # where a line has more than ASCII; a default and another URL of the API on one line are rare.
    return start[0] <= finding.line <= end[0] and isinstance(literal, ast.Constant | ast.JoinedStr)


def _raised_value(literal: ast.expr | None, finding: Finding) -> str:
    """Return the default with the new version, without what may be secret; the version alone if it has parts."""
    if isinstance(literal, ast.Constant) and isinstance(literal.value, str) and finding.old and finding.new:
        return redact_shape(literal.value.replace(finding.old, finding.new, 1))
    return finding.new or ""


def _is_set(path: str, name: str, read_settings: ReadSettings) -> bool:
    """Return whether a file of settings beside the code, or above it, sets a variable."""
    for folder in find_parent_folders(path.replace("\\", "/")):
        for file in SETTINGS_FILES:
            if is_sample(file):
                continue
            try:
                text = read_settings(folder + file).decode("utf-8", "replace")
            except OSError:
                continue
            if any(True for _ in find_settings(text, name)):
                return True
    return False
