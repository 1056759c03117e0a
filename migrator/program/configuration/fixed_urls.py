"""Find URLs of the API that files give to settings and that stay: in scripts, Dockerfiles, ambiguous values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from migrator.data.read_data import format_of
from migrator.findings.finding import FileResult, Finding
from migrator.matching.configuration import ConfiguredUrl
from migrator.program.configuration.config_files import ConfigFile, find_root
from migrator.rules.rule import Kind

#: Documents, which set nothing.
_DOCUMENTS = (".md", ".markdown", ".mdx", ".mdown", ".txt", ".rst", ".adoc", ".asciidoc", ".jsonl", ".ndjson", ".har")
#: ``NAME=URL``, ``NAME: URL``, ``ENV NAME URL``, ``NAME: ${NAME:-URL}``, up to a place in the URL.
_SET = re.compile(r"""(?P<name>[A-Za-z_]\w*)["']?\s*(?:[:=]\s*|\s)["']?(?:\$\{\w+:?-)?(?P<url>[a-zA-Z]+://[^\s"']*)$""")
_LISTED = re.compile(r"""\bname["']?\s*:\s*["']?(?P<name>\w+)""")
_PASSED = re.compile(rb"([A-Za-z_]\w*)[\"']?[ \t]*[:=][ \t]*[\"']?\$\{?([A-Za-z_]\w*)")
_REST = re.compile(r"[^\s\"',<{}]*")


def find_fixed_urls(results: Iterable[FileResult[bytes]], edited: Mapping[str, ConfigFile]) -> Iterator[ConfiguredUrl]:
    """Yield the URLs of older versions that stay as they are, by the name that the file gives them."""
    for result in results:
        if result.path.lower().endswith(_DOCUMENTS):
            continue
        known = {item.finding for item in edited[result.path].editable} if result.path in edited else set()
        lines: list[str] = []
        for finding in result.findings:
            if finding.kind == Kind.RAISE_VERSION and finding not in known and not finding.is_note:
                lines = lines or result.before.decode("utf-8", "replace").splitlines()
                yield from _read_setting(result.path, lines, finding)


def _read_setting(path: str, lines: list[str], finding: Finding) -> Iterator[ConfiguredUrl]:
    line = lines[finding.line - 1] if finding.line <= len(lines) else ""
    found = _SET.search(line[: finding.column - 1])
    name = found["name"] if found else ""
    if name == "value" and finding.line > 1 and (listed := _LISTED.search(lines[finding.line - 2])):
        name = listed["name"]
    rest = _REST.match(line[finding.column - 1 :])
    # A common word such as `url` is a key of any file; the names of variables are longer.
    if found is not None and rest is not None and ("_" in name or name.isupper()):
        value, root = found["url"] + rest[0], find_root(path[: path.rfind("/") + 1])
        yield ConfiguredUrl(path, finding.line, name, value, root, "the file is not edited")


def find_passed_names(files: Mapping[str, bytes]) -> dict[str, Set[str]]:
    """Return the names under which files of configuration pass on a variable: ``NAME: ${VARIABLE}``."""
    passed: dict[str, set[str]] = defaultdict(set)
    for path, raw in files.items():
        if format_of(path) is not None and b"$" in raw:
            for name, variable in _PASSED.findall(raw):
                if name != variable:
                    passed[variable.decode()].add(name.decode())
    return dict(passed)
