"""One webhook on its way to a program that was written for another version, without input or output."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from migrator.payload.adapters.adapter_report import OnReport, Report
from migrator.payload.translation_errors import AmbiguousVersionError, DocumentError
from migrator.payload.translator import Translator

#: The largest webhook that is read, in bytes.
LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Reception:
    """Where webhooks are expected, and how they are carried over."""

    translator: Translator
    paths: frozenset[str]
    limit: int
    on_report: OnReport

    @classmethod
    def at(cls, translator: Translator, paths: str | Collection[str], limit: int, on_report: OnReport) -> Reception:
        """The reception of one path or several. Raises ValueError for a path that no request can have."""
        several = frozenset((paths,) if isinstance(paths, str) else paths)
        for path in several:
            if not path.startswith("/"):
                raise ValueError(f"{path!r} is not the path of a route: it starts with a slash")
        return cls(translator, several, limit, on_report)

    def expects(self, verb: str, path: str, content_type: str, content_encoding: str) -> bool:
        """Whether a request may be a webhook: JSON, posted to one of the paths, not compressed."""
        media_type = content_type.partition(";")[0].strip().lower()
        plain = content_encoding.strip().lower() in ("", "identity")
        return verb == "POST" and path in self.paths and media_type == "application/json" and plain

    def carry(self, content: bytes) -> bytes:
        """The webhook for the program: the very bytes that were given where nothing is to be changed, or can be.

        Raises LossError for a webhook that has no counterpart if the translator was told to raise.
        """
        try:
            translation = self.translator.webhook_bytes(content)
        except (DocumentError, AmbiguousVersionError) as error:
            self.on_report(Report("webhook", problem=str(error)))
            return content
        problem = "it has no counterpart" if translation.lost else None
        report = Report("webhook", translation.losses, translation.missing, problem=problem)
        if not report.empty:
            self.on_report(report)
        return content if translation.document is None else translation.document
