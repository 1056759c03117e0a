"""What the command line finds: it looks at files that hold a needle, and at those that import the API's names."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.findings.finding import FileResult
from migrator.matching.prefilter import collect_needles
from migrator.matching.selection import Options
from migrator.python.migrate import combine_results, migrate_part
from migrator.python.prefilter.import_components import (
    find_files_between,
    find_importers,
    find_relevant_components,
    may_import,
)
from migrator.python.prefilter.relevant import build_evidence_test, build_name_test


def searched(files: Mapping[str, bytes], options: Options) -> dict[str, FileResult[bytes]]:
    """What becomes of the files that a search of a tree with these files comes upon, by their paths."""
    words = collect_needles(options)

    def read(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    hits = {path: raw for path, raw in files.items() if any(word in raw for word in words)}
    wanted = {path: raw for path, raw in hits.items() if build_evidence_test(options)(raw)}
    reaches = may_import(frozenset(wanted))
    near = {path: raw for path, raw in files.items() if path not in hits and reaches(path, raw)}
    more = set(find_importers(wanted, near, read))
    named = frozenset(path for path in wanted if build_name_test(options)(wanted[path]))
    more |= find_files_between(
        (*named, *find_importers(named, {path: near[path] for path in more}, read)), wanted, read
    )
    hits |= {path: files[path] for path in more.difference(hits)}
    groups = [migrate_part(hits, part, options, read) for part in find_relevant_components(hits, options, read)]
    return {result.path: result for result in combine_results(hits, groups)}
