"""Which programs of a tree import which: a file that imports one that calls the API speaks of the API too."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from migrator.languages.program import Program

_TOGETHER = (".go", ".java", ".kt", ".cs")


class Near:
    """The programs of a tree, by their paths without the suffix and by their folders."""

    def __init__(self, programs: Mapping[str, Program]) -> None:
        self.programs = programs
        self.speaking = {path: program.speaks for path, program in programs.items() if program.speaks}
        self.stems: dict[str, list[str]] = defaultdict(list)
        for path in self.speaking:
            self.stems[_stem(path).rpartition("/")[2]].append(path)

    def why(self, path: str) -> str | None:
        """Why a program is near to the API: what it imports calls it, or what stands in the same package."""
        for other in self._imported(path):
            return f"it imports {other}, which calls the API"
        folder, suffix = path.rpartition("/")[0], path[path.rfind(".") :]
        if suffix in _TOGETHER:
            for other in self.speaking:
                if other.rpartition("/")[0] == folder and other.endswith(suffix) and other != path:
                    return f"{other} is of the same package and calls the API"
        return None

    def _imported(self, path: str) -> Iterator[str]:
        folder = posixpath.dirname(path)
        for _, module in self.programs[path].imports if self.speaking else ():
            parts = [part for part in re.split(r"[/\\]|(?<=\w)\.(?=[A-Z])", module) if part not in ("", ".")]
            if not parts:
                continue
            place = _stem(posixpath.normpath(posixpath.join(folder, module.lstrip("/"))))
            for other in self.stems.get(_stem(parts[-1]), []):
                dotted = "\\" in module or re.search(r"\w\.[A-Z]", module)
                if other != path and (dotted or _stem(other) == place or "/" not in place):
                    yield other
            for index in self.stems.get("index", []):
                if posixpath.dirname(index) == place:
                    yield index


def _stem(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return folder + slash + name.partition(".")[0]
