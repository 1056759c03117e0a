"""Changes that people make to a program beside a migration, each of which keeps it right."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping


def rename_constants(text: str) -> str:
    """Give the constants of a file other names."""
    names = set(re.findall(r"^([A-Z][A-Z_]{2,})\s*(?::[^=\n]+)?=", text, re.M))
    for name in sorted(names):
        text = re.sub(rf"(?<![\w\"'.]){name}(?![\w\"'])", f"{name}_NOW", text)
    return text


def reverse_functions(text: str) -> str:
    """Put the functions at the top level that follow each other in the opposite order."""
    lines, tree = text.split("\n"), ast.parse(text)
    runs: list[list[ast.stmt]] = [[]]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            runs[-1].append(node)
        elif runs[-1]:
            runs.append([])
    for run in reversed([run for run in runs if len(run) > 1]):
        start, end = run[0].lineno - 1, run[-1].end_lineno or 0
        bodies = ["\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in reversed(run)]
        lines[start:end] = "\n\n\n".join(bodies).split("\n")
    return "\n".join(lines)


def name_texts(text: str) -> str:
    """Give a constant to each text that is passed first to a call, and that is a name."""
    found = dict.fromkeys(re.findall(r"\w\((\"[a-z]+(?:_[a-z]+)+\")[,)]", text))
    for number, literal in enumerate(found):
        text = text.replace(f"({literal}", f"(TEXT_{number}")
    made = "".join(f"TEXT_{number} = {literal}\n" for number, literal in enumerate(found))
    place = max((node.end_lineno or 0 for node in ast.parse(text).body if _is_head(node)), default=0)
    lines = text.split("\n")
    return "\n".join([*lines[:place], made.rstrip("\n"), *lines[place:]]) if made else text


def _is_head(node: ast.stmt) -> bool:
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or isinstance(node, (ast.Import, ast.ImportFrom))


def add_comments(text: str) -> str:
    """Put a comment and a blank line above each function."""
    function = r"^(def \w+\([^()\n]*\)(?: -> [\w\[\], |.]+)?:\n)(?!    \"\"\")"
    return re.sub(function, r"\1    log.debug('called')\n", text, flags=re.M)


def quote_otherwise(text: str) -> str:
    """Quote the short texts of a line with the other quotation marks."""
    return re.sub(r"(?<![\w\"'{])\"([\w/. -]{1,40})\"(?!\")", r"'\1'", text)


def annotate(text: str) -> str:
    """Log at the start of each function that has no docstring."""
    return re.sub(
        r"^(def \w+\([^()\n]*\)(?: -> [\w\[\], |.]+)?:\n)(?!    \"\"\")",
        r"\1    log.debug('called')\n",
        text,
        flags=re.M,
    )


def wrap_file(text: str) -> str:
    """Put the functions of a file into an `if`, indented."""
    lines, tree = text.split("\n"), ast.parse(text)
    bodies = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    if not bodies or '"""' in "\n".join(lines[bodies[0].lineno :]):
        return text
    for node in reversed(bodies):
        start, end = min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1, node.end_lineno or 0
        lines[start:end] = ["if True:", *(f"    {line}" if line else line for line in lines[start:end])]
    return "\n".join(lines)


CHANGES: tuple[Callable[[str], str], ...] = (
    rename_constants,
    reverse_functions,
    name_texts,
    add_comments,
    quote_otherwise,
    annotate,
    wrap_file,
)


def make_variants(files: Mapping[str, bytes], paths: list[str], turn: int) -> tuple[dict[str, bytes], int]:
    """Return the program with one change in each of some Python files, every fifth of them moved; and their number."""
    made, count = dict(files), 0
    for number, path in enumerate(paths):
        text = made[path].decode()
        changed = CHANGES[(number + turn) % len(CHANGES)](text)
        ast.parse(changed)
        if changed != text:
            made[path] = changed.encode()
            count += 1
        if (number + turn) % 5 == 4:
            folder, _, name = path.rpartition("/")
            made[f"{folder}/moved_{name}".lstrip("/")] = made.pop(path)
            count += 1
    return made, count
