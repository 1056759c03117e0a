"""The paths of modules: where a dotted name may be found, and which files are settings of Django."""

from __future__ import annotations

from collections.abc import Iterator

#: The object through which a Django project reads its settings modules.
DJANGO_SETTINGS = "django.conf.settings"


def candidate_paths(folder: str, dotted: str, level: int) -> Iterator[str]:
    """Yield the paths that a dotted name may mean in a folder, which is empty or ends in a slash."""
    above = [folder, *_parent_folders(folder)]
    homes = above[level - 1 : level] if level else [home for base in above for home in (base, f"{base}src/")]
    tail = dotted.replace(".", "/")
    ends = (f"{tail}.py", f"{tail}/__init__.py") if tail else ("__init__.py",)
    return (home + end for home in homes for end in ends)


def is_settings_path(path: str) -> bool:
    """Return True if the path is that of a settings module of a Django project."""
    *_, folder, name = ("", *path.replace("\\", "/").split("/"))
    return name == "settings.py" or (folder == "settings" and name.endswith(".py"))


def _parent_folders(folder: str) -> Iterator[str]:
    """Yield the parent folders, nearest first."""
    while inner := folder.rstrip("/"):
        folder = inner[: inner.rfind("/") + 1]
        yield folder
