"""Keep the first and the last use of each rule, and write them as JSON."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import Any, Final, TypeAlias

from migrator.files.regular_file import LIST_LIMIT, read_regular
from migrator.payload.adapters.usage import Use
from migrator.payload.streams.atomic_output import open_output

#: The version of the format. It rises when a key is removed or changes its meaning, not when one is added.
FORMAT: Final = 1

#: Uses that are counted by identity before they are put together: more than the adapters of one program pass.
_MOST_USES: Final = 4096

_Row: TypeAlias = tuple[str, str, str, str, str]
_ROW_KEYS: Final = ("rule", "kind", "direction", "name", "version")
_NOTICE_KEYS: Final = ("header", "value", "name")


class UsageFileError(ValueError):
    """Report a file that is no summary of uses."""


@dataclass(slots=True)
class SeenTimes:
    """Hold how often something was seen, first and last."""

    first: datetime
    last: datetime
    count: int = 0

    def add(self, other: SeenTimes) -> None:
        """Include what was seen elsewhere."""
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.count += other.count


@dataclass(slots=True)
class _CountedUse:
    """Count one use since the summary was last put together, in seconds since the epoch."""

    use: Use
    first: float
    last: float = 0.0
    count: int = 0

    def to_times(self) -> SeenTimes:
        """Return the same as moments."""
        return SeenTimes(_to_moment(self.first), _to_moment(self.last), self.count)


class UsageSummary:
    """Count uses by rule, kind, direction, name and version; pass it as `on_use`.

    ``summary = UsageSummary.read(path)`` continues an earlier one, ``summary.write(path)`` keeps it: call that now and
    then, and when the program ends. It may be shared between threads.
    """

    def __init__(self, now: Callable[[], float] = time) -> None:
        self._now = now
        self._since = _to_moment(now())
        self._lock = threading.Lock()
        # By identity, because adapters pass the same objects again, and to hash one takes longer than all of the rest.
        self._uses: dict[int, _CountedUse] = {}
        self._rows: dict[_Row, SeenTimes] = {}
        self._notices: dict[tuple[str, str, str], SeenTimes] = {}

    def __call__(self, use: Use) -> None:
        """Count a use."""
        with self._lock:
            counted = self._uses.get(id(use))
            if counted is None:
                counted = self._start_counting(use)
            counted.last = self._now()
            counted.count += 1

    @property
    def since(self) -> datetime:
        """Return when the summary was begun."""
        return self._since

    @property
    def last_seen(self) -> dict[str, datetime]:
        """Return when each rule was last needed."""
        last: dict[str, datetime] = {}
        for (rule, *_), seen in self._merge()[0].items():
            last[rule] = max(seen.last, last.get(rule, seen.last))
        return last

    def as_json(self) -> dict[str, Any]:
        """Return the summary as a JSON object."""
        rows, notices = self._merge()
        return {
            "version": FORMAT,
            "since": _format_time(self._since),
            "until": _format_time(_to_moment(self._now())),
            "rules": [dict(zip(_ROW_KEYS, row, strict=True)) | _format_seen(rows[row]) for row in sorted(rows)],
            "notices": [
                dict(zip(_NOTICE_KEYS, row, strict=True)) | _format_seen(notices[row]) for row in sorted(notices)
            ],
        }

    def write(self, path: str | Path) -> None:
        """Write the summary to a file, whole or not at all. Raises OSError."""
        out = open_output(str(path))
        try:
            out.stream.write(json.dumps(self.as_json(), indent=1).encode() + b"\n")
            out.commit()
        finally:
            out.discard()

    @classmethod
    def read(cls, path: str | Path, now: Callable[[], float] = time, *, missing_ok: bool = True) -> UsageSummary:
        """Return the summary that a file holds; a new one if there is none and that is allowed.

        Raises UsageFileError for anything else, OSError.
        """
        summary = cls(now)
        try:
            data = read_regular(str(path), LIST_LIMIT, follow=True)
        except FileNotFoundError:
            if missing_ok:
                return summary
            raise
        try:
            summary._load(json.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise UsageFileError(f"{path} is no summary of uses, or of a later release") from None
        return summary

    def _load(self, document: dict[str, Any]) -> None:
        if document["version"] != FORMAT:
            raise ValueError(document["version"])
        self._since = min(self._since, _parse_time(document["since"]))
        for row in document["rules"]:
            rule, kind, direction, name, version = _read_texts(row, _ROW_KEYS)
            self._rows[rule, kind, direction, name, version] = _parse_seen(row)
        for row in document["notices"]:
            header, value, name = _read_texts(row, _NOTICE_KEYS)
            self._notices[header, value, name] = _parse_seen(row)

    def _start_counting(self, use: Use) -> _CountedUse:
        if len(self._uses) >= _MOST_USES:
            self._fold_uses()
        counted = self._uses[id(use)] = _CountedUse(use, self._now())
        return counted

    def _fold_uses(self) -> None:
        """Move what was counted to the rows. The lock is held."""
        for counted in self._uses.values():
            use, times = counted.use, counted.to_times()
            _add_times(self._rows, (use.rule, use.kind, use.direction, use.name, use.version), times)
            for header, value in use.notices:
                _add_times(self._notices, (header, value, use.name), times)
        self._uses.clear()

    def _merge(self) -> tuple[dict[_Row, SeenTimes], dict[tuple[str, str, str], SeenTimes]]:
        """Return what was read and what was counted since, together."""
        with self._lock:
            self._fold_uses()
            return _copy_times(self._rows), _copy_times(self._notices)


def _copy_times(times: dict[Any, SeenTimes]) -> dict[Any, SeenTimes]:
    return {key: SeenTimes(each.first, each.last, each.count) for key, each in times.items()}


def _add_times(times: dict[Any, SeenTimes], key: tuple[str, ...], more: SeenTimes) -> None:
    if key in times:
        times[key].add(more)
    else:
        times[key] = SeenTimes(more.first, more.last, more.count)


def _read_texts(row: dict[str, Any], keys: Iterable[str]) -> list[str]:
    texts = [row[key] for key in keys]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return texts


def _parse_seen(row: dict[str, Any]) -> SeenTimes:
    return SeenTimes(_parse_time(row["first_seen"]), _parse_time(row["last_seen"]), int(row["count"]))


def _format_seen(times: SeenTimes) -> dict[str, Any]:
    return {
        "count": times.count,
        "first_seen": _format_time(times.first),
        "last_seen": _format_time(times.last),
    }


def _to_moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _format_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _parse_time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
