"""Ask git which files it could not restore: modified, staged or untracked ones."""

# ruff: noqa: PTH110, PTH113, PTH118, PTH120
from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.files.project_root import folders_upwards

#: Windows accepts at most 32,768 characters in a command line. Beyond this, git reports on the whole common folder.
_MOST = 20_000
#: Environment variables that would make git use another repository than the file's own.
_ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE"}


class GitFailed(Exception):
    """Git could not report the state of a repository; the message names the repository and the reason."""


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """The files with changes and the state of each; `blind` if git cannot be run."""

    states: dict[str, str]
    blind: bool = False


def find_uncommitted(paths: Iterable[str]) -> Uncommitted:
    """Return the git state of the files, with one call of git for each repository.

    Files outside repositories, and ignored ones, do not count. Raises GitFailed.
    """
    states: dict[str, str] = {}
    for repository, files in _group_by_repository(paths).items():
        try:
            found = dict(_git_status(repository, list(files)))
        except OSError:
            return Uncommitted({}, blind=True)
        states |= {path: found[_path_key(real)] for real, path in files.items() if _path_key(real) in found}
    return Uncommitted(states)


def _group_by_repository(paths: Iterable[str]) -> dict[str, dict[str, str]]:
    """Group the paths by repository, and map resolved paths to displayed ones."""
    known: dict[str, str | None] = {}
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        real = os.path.realpath(path)
        folder = os.path.dirname(real)
        if folder not in known:
            known[folder] = _find_repository(folder)
        repository = known[folder]
        if repository is not None:
            found.setdefault(repository, {})[real] = path
    return found


def _find_repository(folder: str) -> str | None:
    for up in folders_upwards(folder):
        mark = os.path.join(up, ".git")
        # A worktree and a submodule have a file; an empty .git folder is no repository to git.
        if os.path.isfile(mark) or os.path.exists(os.path.join(mark, "HEAD")):
            return up
    return None


def _git_status(repository: str, files: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the resolved paths of the files that git reports, with the state of each."""
    few = sum(map(len, files)) + len(files) < _MOST
    limit = files if few else [os.path.commonpath(files)]
    command = ["git", "--literal-pathspecs", "-C", repository, "status", "--porcelain=v1", "-z", "--no-renames"]
    ran = subprocess.run(
        [*command, "--untracked-files=all", "--ignore-submodules=all", "--", *limit],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if key not in _ELSEWHERE}
        | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
    )
    if ran.returncode:
        said = ran.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise GitFailed(f"git could not report the uncommitted changes in {repository}: {said[0]}")
    for line in filter(None, ran.stdout.split(b"\0")):
        yield _path_key(os.path.join(repository, os.fsdecode(line[3:]))), _status_word(line[:2].decode("ascii"))


def _status_word(code: str) -> str:
    """Translate the two letters of `git status`: the state in the index, and that in the working tree."""
    if code == "??":
        return "untracked"
    if "U" in code or code in ("AA", "DD"):
        return "unmerged"
    return "staged" if code[1] == " " else "modified"


def _path_key(path: str) -> str:
    """Return the path in the one spelling that git and the operating system agree on."""
    return unicodedata.normalize("NFC", os.path.normcase(path))
