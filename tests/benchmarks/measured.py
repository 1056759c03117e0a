"""Times of works that take turns, on the wall and on the processors, and the versions of peers."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True)
class Times:
    """Seconds that passed, and seconds on the processors in this process and those that it started."""

    wall: float
    cpu: float

    def __sub__(self, earlier: Times) -> Times:
        return Times(self.wall - earlier.wall, self.cpu - earlier.cpu)

    def __truediv__(self, other: Times | float) -> Times:
        by = other if isinstance(other, Times) else Times(other, other)
        return Times(self.wall / by.wall, self.cpu / by.cpu)

    def least(self, other: Times) -> Times:
        """Return the lesser of each of the two times."""
        return Times(min(self.wall, other.wall), min(self.cpu, other.cpu))


NEVER = Times(float("inf"), float("inf"))


def now() -> Times:
    """Read both clocks."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return Times(time.perf_counter(), sum(each.ru_utime + each.ru_stime for each in used))


def measure(work: Callable[[], object]) -> Times:
    """Time one work."""
    start = now()
    work()
    return now() - start


def find_fastest(works: Mapping[str, Callable[[], object]], repeat: int) -> dict[str, Times]:
    """Return the least times of several works; they take turns, and the first turn does not count."""
    best = dict.fromkeys(works, NEVER)
    for turn in range(repeat + 1):
        for name, work in works.items():
            taken = measure(work)
            if turn:
                best[name] = best[name].least(taken)
    return best


def find_program(name: str) -> str | None:
    """Return the path of a peer, None if it is not installed."""
    return shutil.which(name, path=os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]))


def print_versions(distributions: Iterable[str] = (), programs: Iterable[str] = ()) -> None:
    """Print the version of Python and of each peer, or that it is not installed."""
    print(f"Python {sys.version.split()[0]}")
    for name in distributions:
        try:
            print(f"{name} {version(name)}")
        except PackageNotFoundError:
            print(f"{name} is not installed")
    for name in programs:
        if path := find_program(name):
            told = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
            print(f"{name} {re.search(r'[0-9]+[.][0-9.]+', told)[0]}")
        else:
            print(f"{name} is not installed")
