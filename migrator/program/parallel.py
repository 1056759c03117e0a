"""Migrate the files of a tree part by part, in as many processes as save time."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping

from migrator.files.fork_pool import process_count, share_work
from migrator.findings.file_results import combine_results
from migrator.findings.finding import FileResult
from migrator.matching.configuration import NO_CONFIGURATION, Configuration
from migrator.matching.selection import FileReader, Options
from migrator.python.prefilter.import_components import find_relevant_components

#: Bytes of code from which a second process saves more time than it costs.
_MUCH = 20_000

Results = list[list[FileResult[bytes]]]


def migrate_in_parts(
    files: Mapping[str, bytes],
    options: Options,
    reader: FileReader,
    jobs: int | None,
    configuration: Configuration = NO_CONFIGURATION,
) -> list[FileResult[bytes]]:
    """Return the results of the files of a tree, in their order, whatever `jobs`, the number of processes, is."""

    def migrate_pieces(pieces: Iterable[list[str]]) -> Results:
        from migrator.python.migrate import migrate_part  # dear to import, and most trees have nothing to migrate

        return [migrate_part(files, part, options, reader, configuration) for part in pieces]

    groups = find_relevant_components(files, options, reader)
    if not groups:
        return combine_results(files, ())
    many = process_count(jobs) if len(groups) > 1 and sum(map(len, files.values())) >= _MUCH else 1
    answers = (
        share_work(groups, migrate_pieces, lambda pieces: pickle.dumps(migrate_pieces(pieces)), many)
        if many > 1
        else None
    )
    if answers is None:
        return combine_results(files, migrate_pieces(groups))
    own, *others = answers
    return combine_results(files, [*own, *(group for answer in others for group in pickle.loads(answer))])
