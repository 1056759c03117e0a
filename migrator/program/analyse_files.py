"""Analyse the files of a program with the readers of all languages: the one way from bytes to results."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

from migrator.files.python_files import is_python
from migrator.findings.finding import FileResult
from migrator.matching.configuration import NO_CONFIGURATION, Configuration
from migrator.matching.selection import FileReader, Options

#: Adds the files that decide what the names in the Python files mean.
AddFiles = Callable[[dict[str, bytes]], Mapping[str, bytes]]
#: Says why a file of configuration is not edited; an empty string if it may be.
FindObstacle = Callable[[str], str]
#: Analyses the Python files of the program beside its configuration.
AnalysePython = Callable[[Configuration], list[FileResult[bytes]]]


def edit_nothing(path: str) -> str:  # noqa: ARG001
    """Return why no configuration is edited where only one file at a time is."""
    return "`migrator codemod` edits it together with the code"


def analyse_files(
    files: Mapping[str, bytes],
    options: Options,
    reader: FileReader,
    *,
    jobs: int | None = 1,
    taken_for_python: Container[str] = (),
    add_files: AddFiles | None = None,
    find_obstacle: FindObstacle = edit_nothing,
) -> list[FileResult[bytes]]:
    """Return the results of the files of a program, in their order, then those of further files that were read.

    `reader` reads the files that others import; `add_files` adds those that import them. Those in `taken_for_python`
    are Python whatever they are called. `find_obstacle` says why a file of configuration is not edited.
    """
    python, others = split_by_language(files, taken_for_python)
    searched = add_files(python) if python and add_files else python

    def analyse_python(configuration: Configuration) -> list[FileResult[bytes]]:
        if not python:
            return []
        from migrator.program.parallel import migrate_in_parts

        results = migrate_in_parts(searched, options, reader, jobs, configuration)
        if any(result.error is not None and result.error.unread for result in results):
            from migrator.program.unparsed_python import add_text_findings

            results = add_text_findings(results, python, options)
        return results

    results = _analyse_others(others, options, analyse_python, find_obstacle) if others else []
    if not others:
        results = analyse_python(NO_CONFIGURATION)
    places = {path: place for place, path in enumerate(files)}
    return sorted(results, key=lambda result: places.get(result.path, len(places)))


def _analyse_others(
    others: Mapping[str, bytes], options: Options, analyse_python: AnalysePython, find_obstacle: FindObstacle
) -> list[FileResult[bytes]]:
    """Return the results of the files that are not Python, and of the Python files, which are judged with them."""
    from migrator.program.configuration.config_files import list_config_files
    from migrator.program.read_files import read_all

    read = read_all(others, options)
    from migrator.program.configuration.fixed_urls import find_fixed_urls, find_passed_names

    files = list_config_files(read, find_passed_names(others))
    results = [each.result for each in read]
    fixed = tuple(find_fixed_urls(results, {file.path: file for file in files}))
    if not files:
        return [*analyse_python(Configuration(fixed)), *results]
    from migrator.program.configuration.config_groups import judge_program
    from migrator.program.configuration.config_readers import ProgramFiles
    from migrator.program.configuration.config_results import finish_results

    judged = judge_program(
        files, lambda python: ProgramFiles(python, others, options), analyse_python, find_obstacle, fixed
    )
    finished = {result.path: result for result in finish_results(files, judged.obstacles)}
    return [*judged.python, *(finished.get(result.path, result) for result in results)]


def split_by_language(
    files: Mapping[str, bytes], taken_for_python: Container[str] = ()
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Split files into those that are Python and those that are not."""
    python = {path: raw for path, raw in files.items() if path in taken_for_python or is_python(path, raw)}
    return python, {path: raw for path, raw in files.items() if path not in python}
