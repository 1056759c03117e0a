"""URLs of the API that files of configuration set, for the readers of the code that reads these settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConfiguredUrl:
    """A URL of an older version that a file of configuration gives to a setting.

    `root` is the folder of the project, empty or with a slash at its end. `obstacle` is the reason why the file is not
    edited; without one, it is edited together with the code.
    """

    path: str
    line: int
    name: str
    value: str
    root: str = ""
    obstacle: str = ""

    @property
    def location(self) -> str:
        """Return the path and the line."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Configuration:
    """The URLs that the configuration of a program sets, and the edited files."""

    urls: tuple[ConfiguredUrl, ...] = ()
    #: The files of configuration that are edited together with the code, as they are afterwards.
    edited: tuple[tuple[str, bytes], ...] = ()

    def find_urls(self, path: str, name: str) -> Iterator[ConfiguredUrl]:
        """Yield the URLs that the project of a file sets under a name, in whichever case."""
        wanted = name.lower()
        return (url for url in self.urls if url.name.lower() == wanted and path.startswith(url.root))


#: For programs whose configuration is not read.
NO_CONFIGURATION = Configuration()
