"""Migrate the files of a tree part by part, in as many processes as save time."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping

from migrator.files.fork_pool import processes, shared
from migrator.findings.finding import FileResult
from migrator.matching.selection import Options, Reader
from migrator.python.migrate import migrate_part, together
from migrator.python.prefilter.import_components import parts_worth

#: Bytes of code from which a second process saves more time than it costs.
_MUCH = 20_000

Results = list[list[FileResult[bytes]]]


def migrate_in_parts(
    files: Mapping[str, bytes], options: Options, reader: Reader, jobs: int | None
) -> list[FileResult[bytes]]:
    """Return the results of the files of a tree, in their order, whatever `jobs`, the number of processes, is."""

    def work(pieces: Iterable[list[str]]) -> Results:
        return [migrate_part(files, part, options, reader) for part in pieces]

    groups = parts_worth(files, options, reader)
    many = processes(jobs) if len(groups) > 1 and sum(map(len, files.values())) >= _MUCH else 1
    answers = shared(groups, work, lambda pieces: pickle.dumps(work(pieces)), many) if many > 1 else None
    if answers is None:
        return together(files, work(groups))
    own, *others = answers
    return together(files, [*own, *(group for answer in others for group in pickle.loads(answer))])
