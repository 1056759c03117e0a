"""Combine the results of files that were analysed apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migrator.findings.finding import FileResult


def combine_results(files: Mapping[str, bytes], groups: Iterable[list[FileResult[bytes]]]) -> list[FileResult[bytes]]:
    """Return the results in the order of the files, unchanged ones included, then those of further files by path."""
    results = {path: FileResult(path, raw, raw) for path, raw in files.items()}
    results |= {result.path: result for group in groups for result in group}
    return [results[path] for path in dict.fromkeys((*files, *sorted(results)))]
