"""Versions of a web API, such as "3.1": ordered by their numbers, printed as they were read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: The pattern of a version, in a form that JSON Schema also accepts. Leading zeros are refused, so that each version
#: has one spelling.
VERSION_PATTERN = r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*$"


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Hold a dotted number; ``Version("3.10") > Version("3.9")``. Raises ValueError for anything else."""

    numbers: tuple[int, ...] = field(init=False)
    text: str = field(compare=False)

    def __post_init__(self) -> None:
        if self.text.endswith("\n") or not re.match(VERSION_PATTERN, self.text):
            raise ValueError(f"{self.text!r} is not a version such as 3.1")
        object.__setattr__(self, "numbers", tuple(map(int, self.text.split("."))))

    def __str__(self) -> str:
        return self.text
