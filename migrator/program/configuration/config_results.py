"""Make the results of the files of configuration: the edits that are made, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from migrator.findings.finding import Applicability, FileResult, Finding
from migrator.program.configuration.config_files import ConfigFile, EditableFinding
from migrator.program.configuration.config_groups import edit_file


def finish_results(
    files: tuple[ConfigFile, ...], obstacles: Mapping[EditableFinding, str]
) -> Iterator[FileResult[bytes]]:
    """Yield the result of each file of configuration with its edits."""
    for file in files:
        made: dict[Finding, Finding] = {}
        for item in file.editable:
            why = obstacles.get(item, "")
            if why:
                made[item.finding] = replace(item.finding, message=f"{item.finding.message}: {why}")
            else:
                made[item.finding] = replace(item.finding, applicability=Applicability.SAFE, edits=item.edits)
        findings = tuple(made.get(finding, finding) for finding in file.result.findings)
        applied = tuple(finding for finding in findings if finding.edits)
        yield replace(
            file.result,
            findings=findings,
            applied=applied,
            after=edit_file(file, obstacles),
            editable=tuple(made.values()),
        )
