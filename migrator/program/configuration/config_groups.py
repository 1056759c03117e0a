"""Judge edits of configuration together with the code that reads it: a group is edited as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from migrator.findings.finding import FileResult
from migrator.matching.configuration import Configuration, ConfiguredUrl
from migrator.program.configuration.config_files import ConfigFile, EditableFinding
from migrator.program.configuration.config_readers import (
    ProgramFiles,
    find_edited,
    find_kept,
    find_other_reader,
    find_unknown_call,
    find_unknown_reader,
    find_uses,
    names_of,
    raises_version,
)
from migrator.rules.rule import Kind

#: Says why a file is not edited, such as one outside of the given paths; an empty string if it may be.
FindObstacle = Callable[[str], str]
#: Analyses the Python files of the program beside its configuration.
AnalysePython = Callable[[Configuration], list[FileResult[bytes]]]
Obstacles = dict[EditableFinding, str]
#: Rounds of code and configuration. One more than the chains of settings that programs have; then nothing is edited.
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class JudgedProgram:
    """The results of the Python files, and why some findings in configuration are not edited."""

    python: list[FileResult[bytes]]
    obstacles: Mapping[EditableFinding, str]


def judge_program(
    files: tuple[ConfigFile, ...],
    program: Callable[[list[FileResult[bytes]]], ProgramFiles],
    analyse: AnalysePython,
    find_obstacle: FindObstacle,
    fixed: tuple[ConfiguredUrl, ...] = (),
) -> JudgedProgram:
    """Analyse the code as if every file were edited; then hold back what it does not follow, until both agree.

    `fixed` are URLs that files give to settings and that are not edited.
    """
    obstacles: Obstacles = {item: why for f in files if (why := find_obstacle(f.path)) for item in f.editable}
    _add(obstacles, _find_fixed(files, fixed))
    first = program([])
    for file in files:
        _add(obstacles, _find_other_readers(first, file))
    _spread(files, obstacles)
    for _ in range(_ROUNDS):
        python = analyse(_describe(files, obstacles, fixed))
        known = program(python)
        count = len(obstacles)
        for file in files:
            _add(obstacles, _find_url_obstacles(known, file))
            _add(obstacles, _find_unedited_code(known, file, find_obstacle))
        _spread(files, obstacles)
        _add(
            obstacles,
            ((item, why) for file in files for item, why in _find_name_obstacles(known, files, file, obstacles)),
        )
        if len(obstacles) == count:
            return JudgedProgram(python, obstacles)
    _add(obstacles, ((item, "code and configuration do not agree") for file in files for item in file.editable))
    return JudgedProgram(analyse(_describe(files, obstacles, fixed)), obstacles)


def _add(obstacles: Obstacles, found: Iterable[tuple[EditableFinding, str]]) -> None:
    for item, why in list(found):
        obstacles.setdefault(item, why)


def _spread(files: tuple[ConfigFile, ...], obstacles: Obstacles) -> None:
    """Hold back the URLs of a file with one of them, and those of the same setting in other files of the project."""
    count = -1
    while count != len(obstacles):
        count = len(obstacles)
        for file in files:
            urls = [item for item in file.editable if item.is_url]
            held = next((item for item in urls if item in obstacles), None)
            if held is not None:
                _add(obstacles, ((item, obstacles[held]) for item in urls))
                names = {name for name in names_of(urls) if name.isupper()}
                why = f"{file.path}:{held.finding.line} sets it, too, and is not edited"
                others = (other for other in files if other.root == file.root and other is not file)
                _add(
                    obstacles,
                    ((item, why) for o in others for item in o.editable if item.is_url and names & set(item.names)),
                )


def _find_fixed(
    files: tuple[ConfigFile, ...], fixed: tuple[ConfiguredUrl, ...]
) -> Iterable[tuple[EditableFinding, str]]:
    """Yield the URLs of settings that another place of the project sets as well, and keeps."""
    for file in files:
        for item in file.editable:
            other = next((url for url in fixed if url.name in item.names and url.root == file.root), None)
            if other is not None:
                yield item, f"{other.location} sets it, too, and is not edited"


def _find_other_readers(program: ProgramFiles, file: ConfigFile) -> Iterable[tuple[EditableFinding, str]]:
    for item in file.editable:
        if item.is_url and not file.is_collection:
            reader = find_other_reader(program, file, item.names)
            if reader is not None:
                yield item, f"{reader} uses it, too, and is not edited"


def _find_url_obstacles(program: ProgramFiles, file: ConfigFile) -> Iterable[tuple[EditableFinding, str]]:
    """Yield the URLs whose readers keep the old names of methods, or are not known."""
    for item in file.editable:
        if item.is_url and not file.is_collection and item.names:
            why = _find_reader_obstacle(program, file, item)
            if why:
                yield item, why


def _find_unedited_code(
    program: ProgramFiles, file: ConfigFile, find_obstacle: FindObstacle
) -> Iterable[tuple[EditableFinding, str]]:
    """Yield what only makes sense together with an edit of a Python file that is not among the given paths."""
    for item in file.editable:
        edited = (path for _, use in find_uses(program, file.root, item.names) for path in use.edited)
        paths = edited if item.is_url else find_edited(program, file.root, item.finding.rule)
        left = next(((path, why) for path in paths if (why := find_obstacle(path))), None)
        if left is not None:
            yield item, f"it belongs to an edit of {left[0]}: {left[1]}"


def _find_reader_obstacle(program: ProgramFiles, file: ConfigFile, item: EditableFinding) -> str:
    uses = list(find_uses(program, file.root, item.names))
    kept = next((use.kept_by for _, use in uses if use.kept_by), "")
    if kept:
        return f"{kept} goes through it and is not edited"
    unknown = find_unknown_reader(program, file, item.names)
    if unknown is not None and not uses:
        return f"how {unknown} uses it is unknown"
    # Where every line that names a followed setting is followed, a call of an unknown URL is no matter of this one.
    call = find_unknown_call(program, file.root) if unknown is not None or not uses else None
    return f"{call.path}:{call.line} may go through it and is not edited" if call is not None else ""


def _find_name_obstacles(
    program: ProgramFiles, files: tuple[ConfigFile, ...], file: ConfigFile, obstacles: Obstacles
) -> Iterable[tuple[EditableFinding, str]]:
    """Yield the registered names whose program keeps the old version, or their handlers."""
    names = [item for item in file.editable if not item.is_url]
    why = _find_version_obstacle(program, files, file.root, obstacles) if names else ""
    for item in names:
        kept = find_kept(program, file.root, kind=Kind.RENAME_WEBHOOK, rule=item.finding.rule)
        if why or kept is not None:
            yield item, why or (f"{kept.path}:{kept.line} keeps the old name" if kept is not None else "")


def _find_version_obstacle(
    program: ProgramFiles, files: tuple[ConfigFile, ...], root: str, obstacles: Obstacles
) -> str:
    kept = find_kept(program, root, kind=Kind.RAISE_VERSION)
    if kept is not None:
        return f"the program keeps the old version ({kept.path}:{kept.line})"
    near = [(f, i) for f in files if f.root == root for i in f.editable if i.finding.kind == Kind.RAISE_VERSION]
    held = next(((file, item) for file, item in near if item in obstacles), None)
    if held is not None:
        return f"the program keeps the old version ({held[0].path}:{held[1].finding.line})"
    if not near and not raises_version(program, root):
        return "nothing shows that the program calls the new version"
    return ""


def _describe(files: tuple[ConfigFile, ...], obstacles: Obstacles, fixed: tuple[ConfiguredUrl, ...]) -> Configuration:
    """Return the URLs of the configuration with what is planned for them."""
    urls = tuple(
        ConfiguredUrl(file.path, item.finding.line, name, file.value_of(item), file.root, obstacles.get(item, ""))
        for file in files
        for item in file.editable
        if item.finding.kind == Kind.RAISE_VERSION
        for name in item.names
    )
    edited = tuple((file.path, edit_file(file, obstacles)) for file in files)
    return Configuration((*urls, *fixed), edited)


def edit_file(file: ConfigFile, obstacles: Mapping[EditableFinding, str]) -> bytes:
    """Return the bytes of a file with the edits that nothing prevents."""
    raw, done, pieces = file.result.before, 0, list[bytes]()
    for edit in sorted({edit for item in file.editable if item not in obstacles for edit in item.edits}):
        pieces += raw[done : edit.start], edit.replacement
        done = edit.end
    return b"".join((*pieces, raw[done:]))
