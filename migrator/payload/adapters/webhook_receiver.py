"""Translate one received webhook, without input or output."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from migrator.payload.adapters.adapter_report import REFUSED, AdapterReport, OnReport
from migrator.payload.adapters.content_encoding import BodyTooLargeError, UnreadableBodyError, unpack_body
from migrator.payload.adapters.usage import OnUse, UsageSource, create_webhook_usage
from migrator.payload.byte_documents import decode_members, decode_text
from migrator.payload.json_text import BOM
from migrator.payload.loss import Loss
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import AmbiguousVersionError, DocumentError, LossError, UnknownNameError
from migrator.payload.translator import Translator

#: The largest webhook that is read, in bytes: far above any documented webhook, yet small enough to hold in memory.
#: A larger body is answered with 413.
DEFAULT_BODY_LIMIT: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class WebhookReceiver:
    """Hold the paths at which webhooks are expected, and translate them."""

    translator: Translator
    paths: frozenset[str]
    limit: int
    on_report: OnReport
    usage: UsageSource | None = None

    @classmethod
    def at_paths(
        cls,
        translator: Translator,
        paths: str | Collection[str],
        limit: int,
        on_report: OnReport,
        on_use: OnUse | None = None,
    ) -> WebhookReceiver:
        """Create a receiver for one path or several. Raises ValueError for a path that no request can have."""
        several = frozenset((paths,) if isinstance(paths, str) else paths)
        for path in several:
            if not path.startswith("/"):
                raise ValueError(f"{path!r} is not a route: a path starts with a slash")
        usage = create_webhook_usage(translator, on_use)
        return cls(translator, frozenset(map(_without_slash, several)), limit, on_report, usage)

    def expects_webhooks_at(self, path: str) -> bool:
        """Return whether a path is one of those at which webhooks are expected, with or without a slash at its end."""
        return path in self.paths or _without_slash(path) in self.paths

    def report_problem(self, problem: str) -> None:
        """Report a body that reaches the application as it came."""
        self.on_report(AdapterReport("webhook", problem=problem))

    def report_too_large(self) -> None:
        """Report a body that is answered with 413."""
        problem = f"it exceeds the limit of {self.limit} bytes"
        self.on_report(AdapterReport("webhook", problem=problem, consequence=REFUSED))

    def translate_body(self, content: bytes, encoding: str = "") -> bytes:
        """Return the webhook for the program; the original bytes where nothing changes or nothing can be translated.

        Raises LossError for a webhook without a counterpart if the translator's `on_loss` is "raise", and
        BodyTooLargeError for one that is larger than the limit when it is unpacked.
        """
        if not content:
            return content
        try:
            body = unpack_body(content, encoding, self.limit)
            translation = self.translator.webhook_bytes(body.content)
        except BodyTooLargeError:
            self.report_too_large()
            raise
        except LossError as error:
            self.on_report(AdapterReport("webhook", error.losses, problem="no counterpart", consequence=REFUSED))
            self._tell_uses((), error.losses, body.content)
            raise
        except (UnreadableBodyError, DocumentError, AmbiguousVersionError, UnknownNameError) as error:
            self.report_problem(str(error))
            return content
        self._tell(translation, body.content)
        changed = translation.document is not None and translation.document is not body.content
        return body.pack_again(translation.document or b"") if changed else content

    def _tell(self, translation: Translation[bytes], received: bytes) -> None:
        problem = "no counterpart" if translation.lost else None
        unknown = translation.unknown_name
        report = AdapterReport(
            "webhook", translation.losses, translation.missing, problem=problem, unknown_name=unknown
        )
        if not report.empty:
            self.on_report(report)
        self._tell_uses(translation.applied, translation.losses, translation.document or received)

    def _tell_uses(self, applied: tuple[str, ...], losses: tuple[Loss, ...], document: bytes) -> None:
        if self.usage is not None and (applied or losses):
            self.usage.tell_uses("webhook", self._read_name(document), applied, losses)

    def _read_name(self, document: bytes) -> str:
        envelope = self.translator.table.api.envelope
        if envelope is None:
            return ""
        try:
            return decode_text(decode_members(document.removeprefix(BOM))[envelope.name])
        except (ValueError, KeyError, RecursionError):  # JSON beyond what the fast decoder reads
            return ""


def _without_slash(path: str) -> str:
    return path.rstrip("/") or "/"
