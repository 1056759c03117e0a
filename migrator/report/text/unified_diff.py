"""Make a unified diff of one file for `patch` and `git apply`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from migrator.findings.finding import FileResult
from migrator.report.source_lines import declared_encoding

_PLAIN = re.compile(r'[^\x00-\x1f\x7f"\\\ud800-\udfff]+\Z')
_NO_NEWLINE = "\\ No newline at end of file\n"


def unified_diff(result: FileResult[bytes], *, exact: bool = False) -> Iterator[str]:
    """Yield the lines of the diff with their endings, decoded in the file's own encoding.

    An `exact` diff has the bytes of the file once it is written as UTF-8 with surrogateescape.
    """
    how = ("utf-8", "surrogateescape") if exact else (declared_encoding(result.before), "backslashreplace")
    before, after = (_split_at_feeds(data.decode(*how)) for data in (result.before, result.after))
    name = _file_name(result.path)
    for line in difflib.unified_diff(before, after, name, name):
        yield from (line,) if line.endswith("\n") else (line + "\n", _NO_NEWLINE)


def _split_at_feeds(text: str) -> list[str]:
    """Split text at line feeds only, as tools that read diffs do."""
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])


def _file_name(path: str) -> str:
    """Return the name for ``---``: quoted like git if necessary, followed by a tab if it contains a space.

    The leading ``./`` lets both `patch -p0` and `git apply`, which strips one folder, find the file.
    """
    name = path if path.startswith(("/", "../")) else f"./{path}"
    if not _PLAIN.match(name):
        return '"' + "".join(map(_quote_byte, name.encode("utf-8", "surrogateescape"))) + '"'
    return f"{name}\t" if " " in name else name


def _quote_byte(byte: int) -> str:
    character = chr(byte)
    if character in '"\\':
        return f"\\{character}"
    return character if 0x20 <= byte < 0x7F else f"\\{byte:03o}"
