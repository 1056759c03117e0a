"""The statistics of a run, and the lines written beside its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from migrator.payload.byte_documents import encode_json
from migrator.payload.loss import Loss, LossExtent, Missing
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import TranslationError

#: The position of a document: ``{"line": 3}``, ``{"index": 0}``, or empty for a single one.
StreamPosition = dict[str, int]

#: Unknown names that are listed: a sender may use any number of them, and a line of the summary holds about ten.
_MOST_NAMES = 10


@dataclass(slots=True)
class StreamStats:
    """Count documents, and write losses, follow-up calls and rejected documents where that is asked for.

    `on_problem` receives the position and problem of each broken document. `missing` is that of the last document: most
    lack the same values as the one before them, and need no new entry.
    """

    on_problem: Callable[[StreamPosition, str], None]
    losses: BinaryIO | None = None
    rejects: BinaryIO | None = None
    follow_ups: BinaryIO | None = None
    documents: int = 0
    changed: int = 0
    lost: int = 0
    broken: int = 0
    calls: int = 0
    lines: int = 0
    missing: tuple[Missing, ...] = ()
    lacking: set[Missing] = field(default_factory=set)
    reasons: Counter[tuple[str, str, LossExtent]] = field(default_factory=Counter)
    unknown: int = 0
    unknown_names: set[str] = field(default_factory=set)

    @property
    def lossy(self) -> bool:
        """Return whether anything is lost."""
        return any(extent is not LossExtent.NOTE for _, _, extent in self.reasons)

    def reject_document(self, where: StreamPosition, data: bytes, error: TranslationError) -> None:
        """Record a document that cannot be read or understood."""
        self.documents += 1
        self.broken += 1
        self.on_problem(where, str(error))
        self._keep_rejected(data)

    def record_translation(self, where: StreamPosition, data: bytes, translation: Translation[bytes]) -> None:
        """Record what a translation reports beside its document."""
        for loss in translation.losses:
            self._record_loss(where, loss)
        for call in translation.follow_ups:
            self.calls += 1
            if self.follow_ups is not None:
                self.follow_ups.write(encode_json({**where, **call.as_json()}) + b"\n")
        if translation.missing is not self.missing:
            self.missing = translation.missing
            self.lacking.update(translation.missing)
        if translation.unknown_name is not None:
            self._count_unknown(translation.unknown_name)
        if translation.lost:
            self.lost += 1
            self._keep_rejected(data)

    def _count_unknown(self, name: str) -> None:
        """Count a document whose name neither version knows; only the first of these names are kept."""
        self.unknown += 1
        if len(self.unknown_names) < _MOST_NAMES:
            self.unknown_names.add(name)

    def _record_loss(self, where: StreamPosition, loss: Loss) -> None:
        self.reasons[loss.rule, loss.reason, loss.extent] += 1
        if self.losses is not None:
            line: dict[str, Any] = {**where, **loss.as_json()}
            self.losses.write(encode_json(line) + b"\n")

    def _keep_rejected(self, data: bytes) -> None:
        if self.rejects is not None:
            self.rejects.write(data.strip() + b"\n")
