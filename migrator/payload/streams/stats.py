"""What is to be told of a run over many documents: the numbers, and the lines beside the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from migrator.payload.byte_documents import encode
from migrator.payload.loss import Extent, Loss, Missing
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import TranslationError

#: Where a document stood: ``{"line": 3}``, ``{"index": 0}``, or nothing for a single one.
Where = dict[str, int]


@dataclass(slots=True)
class Tally:
    """The numbers so far, and where losses, follow-up calls and documents that are left out are written, if anywhere.

    `tell` is given each broken document's place and problem. `missing` is what the last document lacked: most lack the
    same as the one before them, and there is nothing new to say.
    """

    tell: Callable[[Where, str], None]
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
    reasons: Counter[tuple[str, str, Extent]] = field(default_factory=Counter)

    @property
    def lossy(self) -> bool:
        """Whether anything is lost."""
        return any(extent is not Extent.NOTE for _, _, extent in self.reasons)

    def reject(self, where: Where, data: bytes, error: TranslationError) -> None:
        """A document that cannot be read or understood."""
        self.documents += 1
        self.broken += 1
        self.tell(where, str(error))
        self._keep(data)

    def say(self, where: Where, data: bytes, translation: Translation[bytes]) -> None:
        """What a translation says beside its document."""
        for loss in translation.losses:
            self._lose(where, loss)
        for call in translation.follow_ups:
            self.calls += 1
            if self.follow_ups is not None:
                self.follow_ups.write(encode({**where, **call.as_json()}) + b"\n")
        if translation.missing is not self.missing:
            self.missing = translation.missing
            self.lacking.update(translation.missing)
        if translation.lost:
            self.lost += 1
            self._keep(data)

    def _lose(self, where: Where, loss: Loss) -> None:
        self.reasons[loss.rule, loss.reason, loss.extent] += 1
        if self.losses is not None:
            line: dict[str, Any] = {**where, **loss.as_json()}
            self.losses.write(encode(line) + b"\n")

    def _keep(self, data: bytes) -> None:
        if self.rejects is not None:
            self.rejects.write(data.strip() + b"\n")
