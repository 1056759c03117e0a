"""Find paths of an API that code and URLs cannot be searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.rules.checks.api_schema import ApiForm
from migrator.rules.table_errors import TableProblem

_EXAMPLE = "/v{version}/parcels/{method}"
_PLACEHOLDERS = ("{version}", "{method}")
#: What RFC 3986 allows in a segment, without escapes.
_SEGMENT = re.compile(r"[A-Za-z0-9._~!$&'*+,;=:@()-]+")


def check_paths(form: ApiForm, file: str) -> Iterator[TableProblem]:
    """Yield the defects of the paths of an API: each needs a segment that is the same in all of its URLs."""
    paths = [("path", form.path), *((f"legacy_paths[{index}]", each) for index, each in enumerate(form.legacy_paths))]
    for key, path in paths:
        defect = next(_find_defects(path), None)
        if defect is not None:
            yield TableProblem(file, "[api]", key, *defect)


def _find_defects(path: str) -> Iterator[tuple[str, str]]:
    """Yield message and hint of each defect of a path."""
    segments = path.split("/")[1:]
    for name in _PLACEHOLDERS:
        if path.count(name) > 1:
            yield f"{path} contains {name} twice", f"write it once, as in {_EXAMPLE}"
    if segments[-1] != "{method}":
        yield f"{{method}} is only a part of the last segment of {path}", f"make it a segment, as in {_EXAMPLE}"
    if not any(segment and "{" not in segment for segment in segments):
        hint = f"write the whole path, with a segment that each URL of the API contains, as in {_EXAMPLE}"
        yield f"{path} has no constant segment, so that any URL would match it", hint
    for segment in segments:
        literal = re.sub("|".join(map(re.escape, _PLACEHOLDERS)), "", segment)
        if not segment or (literal and not _SEGMENT.fullmatch(literal)):
            yield f"{segment!r} is no segment of a path", "write the path as it is in a URL, without a query"
