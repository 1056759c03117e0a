"""The translation of each document of a stream."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.payload.byte_documents import parse_document
from migrator.payload.plans.plan import serialize_translation
from migrator.payload.streams.translate_stream import TranslateBytes
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import DocumentError
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

    def create_function(self) -> TranslateBytes:
        """Return the function that translates one document."""
        if self.kind == "webhook":
            return self.translator.webhook_bytes
        translate = self.translator.request if self.kind == "request" else self.translator.response

        def translate_document(data: bytes) -> Translation[bytes]:
            document = parse_document(data)
            return serialize_translation(translate(self.method, document), document, data)

        return translate_document

    def takes_array(self) -> bool:
        """Return whether a document is itself an array, as far as a rule says."""
        if self.kind == "webhook":
            return False
        try:
            (self.translator.request if self.kind == "request" else self.translator.response)(self.method, {})
        except DocumentError as error:
            return error.pointer == ""
        return False
