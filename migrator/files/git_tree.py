"""Read the files of a commit from git's own store: no hook, filter or attribute of the repository takes part."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

#: A larger file is searched by no command.
_LARGEST = 16 * 1024 * 1024
_REGULAR = (b"100644", b"100755")


class GitTreeError(Exception):
    """Report that git cannot be run, or does not know a revision."""


def export_tree(repository: str, revision: str, folder: Path) -> None:
    """Write the regular files of a commit below a folder; links and submodules are left out. Raises GitTreeError."""
    commit = _run_git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit.strip():
        raise GitTreeError(f"git knows no revision {revision!r} in {repository}")
    entries = list(_list_blobs(_run_git(repository, "ls-tree", "-r", "-z", "-l", commit.strip().decode())))
    asked = b"".join(name + b"\n" for name, _ in entries)
    content = _run_git(repository, "cat-file", "--batch", stdin=asked)
    start = 0
    for _, path in entries:
        end = content.index(b"\n", start)
        size = int(content[start:end].rsplit(b" ", 1)[1])
        _write_below(folder, path, content[end + 1 : end + 1 + size])
        start = end + size + 2


def _list_blobs(listed: bytes) -> Iterator[tuple[bytes, str]]:
    for entry in filter(None, listed.split(b"\0")):
        about, _, path = entry.partition(b"\t")
        mode, kind, name, size = about.split()
        if kind == b"blob" and mode in _REGULAR and int(size) <= _LARGEST:
            yield name, os.fsdecode(path)


def _write_below(folder: Path, path: str, content: bytes) -> None:
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" or "\\" in part for part in parts):
        return
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _run_git(repository: str, *arguments: str, stdin: bytes = b"") -> bytes:
    command = ["git", "-c", "core.fsmonitor=false", "-C", repository, "--no-replace-objects", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment["GIT_NO_LAZY_FETCH"] = "1"
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)
    except OSError as error:
        raise GitTreeError(f"git cannot be run: {error.strerror}") from error
    if done.returncode not in (0, 1):
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitTreeError(said[-1] if said else f"git failed with code {done.returncode}")
    return done.stdout
