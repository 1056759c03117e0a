"""Analyse the files of a program with the readers of all languages: the one way from bytes to results."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migrator.files.python_files import is_python
from migrator.findings.finding import FileResult
from migrator.matching.selection import FileReader, Options

#: Adds the files that decide what the names in the Python files mean.
AddFiles = Callable[[dict[str, bytes]], Mapping[str, bytes]]


def analyse_files(
    files: Mapping[str, bytes],
    options: Options,
    reader: FileReader,
    *,
    jobs: int | None = 1,
    only_python: bool = False,
    add_files: AddFiles | None = None,
) -> list[FileResult[bytes]]:
    """Return the results of the files of a program, in their order, then those of further files that were read.

    `reader` reads the files that others import; `add_files` adds those that import them. With `only_python`, every
    file is taken for Python.
    """
    python, others = split_by_language(files, only_python=only_python)
    results: list[FileResult[bytes]] = []
    if python:
        from migrator.program.parallel import migrate_in_parts

        results += migrate_in_parts(add_files(python) if add_files else python, options, reader, jobs)
    if any(result.error is not None and result.error.unread for result in results):
        from migrator.program.unparsed_python import add_text_findings

        results = add_text_findings(results, python, options)
    if others:
        from migrator.program.read_files import read_files

        results += read_files(others, options)
    places = {path: place for place, path in enumerate(files)}
    return sorted(results, key=lambda result: places.get(result.path, len(places)))


def split_by_language(
    files: Mapping[str, bytes], *, only_python: bool = False
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Split files into those that are Python and those that are not."""
    python = {path: raw for path, raw in files.items() if only_python or is_python(path, raw)}
    return python, {path: raw for path, raw in files.items() if path not in python}
