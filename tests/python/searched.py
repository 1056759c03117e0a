"""What the command line finds: it looks at files that hold a needle, and at those that import the API's names."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.findings.finding import FileResult
from migrator.matching.prefilter import needles
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_part, together
from migrator.python.prefilter.import_components import between, importers, may_import, parts_worth
from migrator.python.prefilter.relevant import names, speaks


def searched(files: Mapping[str, bytes], options: Options) -> dict[str, FileResult[bytes]]:
    """What becomes of the files that a search of a tree with these files comes upon, by their paths."""
    words = needles(options)

    def read(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    hits = {path: raw for path, raw in files.items() if any(word in raw for word in words)}
    wanted = {path: raw for path, raw in hits.items() if speaks(options)(raw)}
    reaches = may_import(frozenset(wanted))
    near = {path: raw for path, raw in files.items() if path not in hits and reaches(path, raw)}
    more = set(importers(wanted, near, read))
    named = frozenset(path for path in wanted if names(options)(wanted[path]))
    more |= between((*named, *importers(named, {path: near[path] for path in more}, read)), wanted, read)
    hits |= {path: files[path] for path in more.difference(hits)}
    groups = [migrate_part(hits, part, options, read) for part in parts_worth(hits, options, read)]
    return {result.path: result for result in together(hits, groups)}
