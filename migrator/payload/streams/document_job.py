"""The translation of each document of a stream."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.payload.batch import choose_bytes_function
from migrator.payload.streams.translate_stream import TranslateBytes
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError
from migrator.payload.translator import Translator
from migrator.rules.rule import DocumentKind


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """Hold a translator for documents of a kind; requests and responses are those of `method`."""

    translator: Translator
    kind: DocumentKind
    method: str = ""

    @property
    def describe_versions(self) -> str:
        """Return the versions, in words."""
        source = f"from {self.translator.source} " if self.translator.source else ""
        return f"{source}to {self.translator.target}"

    def describe_method(self) -> str | None:
        """Return what the method is called in the target version, in words; None if its name is the same there."""
        if self.kind == "webhook":
            return None
        try:
            new = self.translator.method(self.method).document
        except TranslationError:
            return None
        return None if new in (None, self.method) else f"method {self.method} is {new} in {self.translator.target}"

    def create_function(self) -> TranslateBytes:
        """Return the function that translates one document."""
        return choose_bytes_function(self.translator, self.kind, self.method)

    def takes_array(self) -> bool:
        """Return whether a document is itself an array, as far as a rule says."""
        if self.kind == "webhook":
            return False
        try:
            (self.translator.request if self.kind == "request" else self.translator.response)(self.method, {})
        except DocumentError as error:
            return error.pointer == ""
        except LossError:  # of every document of the method
            return False
        return False
