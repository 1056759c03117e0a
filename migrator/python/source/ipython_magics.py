"""Mask what only notebooks understand in a cell; every character keeps its position."""

from __future__ import annotations

import re

from migrator.python.source.source_file import Unreadable, source_from_text
from migrator.python.source.syntax import parse_source

#: Cell magics whose cells are Python, whether run in the notebook's namespace or elsewhere.
_PYTHON_MAGICS = frozenset(
    {"capture", "debug", "local", "memit", "prun", "px", "pypy", "python", "python3", "scalene", "time", "timeit"}
)
_TO_THE_END = r"(?:\\(?:\r\n|\r|\n)|[^\r\n])*"
_CELL_MAGIC = re.compile(r"\s*%%(?P<name>\S*)(?P<rest>[^\r\n]*)")
_SHELL_CELL = re.compile(r"\s*(?:%%(?:bash|sh|system|sx|!|script[ \t][^\r\n]*sh)|%sh)(?!\w)")
_WRITEFILE = re.compile(r"(?:write)?file\s.*\.py\s*\Z")
#: Line magics of Databricks that set the language of the rest of the cell.
_OTHER_LANGUAGE = re.compile(r"\s*%(?:fs|md|md-sandbox|r|scala|sh|sql)(?!\S)")
_LINE_MAGIC = re.compile(
    rf"[ \t\f]*(?P<line>[%!?/,;]{_TO_THE_END})"
    r"""|[ \t\f]*(?P<help>(?:(?!\"""|''')(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\r\n#'"]))+\?)[ \t]*(?=[\r\n]|\Z)"""
)
#: Magics that run the rest of their line as Python, with their options.
_RUNS_PYTHON = re.compile(
    r"%{1,2}(?:memit|prun|time|timeit)\b(?:[ \t]+-(?:[nrptl][ \t]*\d+|[sTD][ \t]*\S+|[\w-]+))*[ \t]+(?=\S)"
)
_TOKEN = re.compile(
    r"#[^\r\n]*|\\(?:\r\n|[\r\n])"
    r"|'''(?:\\.|(?!''').)*(?:'''|\Z)|\"\"\"(?:\\.|(?!\"\"\").)*(?:\"\"\"|\Z)"
    r"|'(?:\\(?:\r\n|.)|[^'\\\r\n])*'?|\"(?:\\(?:\r\n|.)|[^\"\\\r\n])*\"?"
    r"|(?P<end>\r\n|[\r\n])|(?P<open>[(\[{])|(?P<close>[)\]}])"
    rf"|=[ \t]*(?P<value>[%!]{_TO_THE_END})|[^\s#\\'\"()\[\]{{}}=]+|.",
    re.DOTALL,
)


def mask_magics(code: str) -> str | None:
    """Return a cell with its magics, shell commands and help requests masked; None if it is in another language.

    The result is as long as the code, with the same line endings. What is masked becomes the name ``_`` and blanks.
    """
    start = 0
    while magic := _CELL_MAGIC.match(code, start):
        if magic["name"] not in _PYTHON_MAGICS and not _WRITEFILE.match(magic["name"] + magic["rest"]):
            return None
        start = magic.end()
    text = "".join([*_mask_cell_magics(code[:start]), *_mask_line_magics(code, start)])
    return None if _OTHER_LANGUAGE.match(code) and not is_python(text) else text


def mask_shell_cell(code: str) -> str | None:
    """Return a cell that is passed to a shell, masked as a whole; None if it is something else."""
    return _mask_magic(code, "") if _SHELL_CELL.match(code) else None


def is_python(text: str) -> bool:
    """Return True if a text can be parsed."""
    try:
        parse_source(source_from_text("", text))
    except Unreadable:
        return False
    return True


def _mask_cell_magics(magics: str) -> list[str]:
    return [_mask_magic(line, "_;") if line.strip() else line for line in re.split(r"(?<=\n)", magics)]


def _mask_line_magics(code: str, at: int) -> list[str]:
    """Return the code from an offset on in pieces; a magic may begin a statement or follow ``=``."""
    found: list[str] = []
    depth, fresh = 0, True
    while at < len(code):
        match = _LINE_MAGIC.match(code, at) if fresh else None
        token = match or _TOKEN.match(code, at)
        assert token is not None
        name = token.lastgroup
        start = token.start(name) if name in ("line", "help", "value") and not depth else token.end()
        found += code[at:start], _mask_magic(code[start : token.end()], "" if name == "value" else "_;")
        depth = max(0, depth + (name == "open") - (name == "close"))
        fresh = name == "end" and not depth
        at = token.end()
    return found


def _mask_magic(magic: str, before: str) -> str:
    """Return a magic masked; the Python that it runs stays, behind `before` and blanks."""
    runs = _RUNS_PYTHON.match(magic)
    if runs and is_python((before or "_=") + magic[runs.end() :]):
        return before.ljust(runs.end()) + magic[runs.end() :]
    return re.sub(r"[^\r\n]", " ", magic).replace(" ", "_", 1)
