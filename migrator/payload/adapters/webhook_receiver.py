"""Translate one received webhook, without input or output."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from migrator.payload.adapters.adapter_report import AdapterReport, OnReport
from migrator.payload.translation_errors import AmbiguousVersionError, DocumentError, UnknownNameError
from migrator.payload.translator import Translator

#: The largest webhook that is read, in bytes: far above any documented webhook, yet small enough to hold in memory.
#: A larger body is answered with 413.
DEFAULT_BODY_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class WebhookReceiver:
    """Hold the paths at which webhooks are expected, and translate them."""

    translator: Translator
    paths: frozenset[str]
    limit: int
    on_report: OnReport

    @classmethod
    def at_paths(
        cls, translator: Translator, paths: str | Collection[str], limit: int, on_report: OnReport
    ) -> WebhookReceiver:
        """Create a receiver for one path or several. Raises ValueError for a path that no request can have."""
        several = frozenset((paths,) if isinstance(paths, str) else paths)
        for path in several:
            if not path.startswith("/"):
                raise ValueError(f"{path!r} is not a route: a path starts with a slash")
        return cls(translator, several, limit, on_report)

    def may_be_webhook(self, verb: str, path: str, content_type: str, content_encoding: str) -> bool:
        """Return whether a request may be a webhook: uncompressed JSON, posted to one of the paths."""
        media_type = content_type.partition(";")[0].strip().lower()
        plain = content_encoding.strip().lower() in ("", "identity")
        return verb == "POST" and path in self.paths and media_type == "application/json" and plain

    def translate_body(self, content: bytes) -> bytes:
        """Return the webhook for the program; the original bytes where nothing changes or nothing can be translated.

        Raises LossError for a webhook without a counterpart if the translator's `on_loss` is "raise".
        """
        try:
            translation = self.translator.webhook_bytes(content)
        except (DocumentError, AmbiguousVersionError, UnknownNameError) as error:
            self.on_report(AdapterReport("webhook", problem=str(error)))
            return content
        problem = "no counterpart" if translation.lost else None
        unknown = translation.unknown_name
        report = AdapterReport(
            "webhook", translation.losses, translation.missing, problem=problem, unknown_name=unknown
        )
        if not report.empty:
            self.on_report(report)
        return content if translation.document is None else translation.document
