"""Messages of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migrator.payload.loss import LossExtent
from migrator.payload.streams.stream_stats import StreamPosition, StreamStats

#: Broken documents that are printed one by one: about a screen; the others are counted, and --rejects keeps them all.
_NAMED = 20
#: Characters of an unknown name that are printed: twice the longest name of a documented API.
_SHOWN = 60


@dataclass(slots=True)
class BrokenDocumentPrinter:
    """Print the broken documents of a file, the first of them one by one, with `put`."""

    file: str
    put: Callable[[str], None]
    named: int = 0

    def print_problem(self, where: StreamPosition, problem: str) -> None:
        """Print the position of a document and what is wrong with it."""
        self.named += 1
        if self.named <= _NAMED:
            place = "".join(f":{number}" if key == "line" else f" [{number}]" for key, number in where.items())
            self.put(f"{self.file}{place}: {problem}")
        elif self.named == _NAMED + 1:
            self.put(f"{self.file}: further ones are only counted; --rejects FILE writes them all")


def format_summary(tally: StreamStats, way: str, method: str | None = None) -> Iterator[str]:
    """Yield the summary of a run, line by line; `way` names the versions, `method` the new name of the method."""
    same = tally.documents - tally.changed - tally.lost - tally.broken
    parts = [f"{tally.changed} changed", f"{same} unchanged"]
    parts += [f"{tally.lost} without a counterpart"] * bool(tally.lost) + [f"{tally.broken} broken"] * bool(
        tally.broken
    )
    yield f"{_format_count(tally.documents, 'document')} {way}: {', '.join(parts)}"
    if method is not None:
        yield f"  {method}"
    for (rule, reason, extent), count in tally.reasons.most_common():
        kind = "note" if extent is LossExtent.NOTE else "loss"
        yield f"  {kind}: {reason} ({rule}, {_format_count(count, 'time')})"
    for missing in sorted(tally.lacking, key=lambda missing: missing.pointer):
        way_out = f"--declare {missing.declare}=VALUE adds it"
        yield f"  incomplete: {missing.pointer} is missing ({missing.rule}); {way_out}"
    if tally.unknown:
        listed = ", ".join(repr(name[:_SHOWN]) for name in sorted(tally.unknown_names))
        yield f"  unknown: {_format_count(tally.unknown, 'document')} of a name that neither version knows ({listed})"
    if tally.calls:
        calls = "1 further call is" if tally.calls == 1 else f"{tally.calls} further calls are"
        yield f"  {calls} needed to keep the meaning" + ("" if tally.follow_ups else "; --follow-ups FILE writes them")


def _format_count(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
