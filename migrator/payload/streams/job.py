"""What is to be done with each document of a stream."""

from __future__ import annotations

from migrator.payload.errors import DocumentError
from migrator.payload.plan import in_bytes
from migrator.payload.streams.carry import Carry
from migrator.payload.translation import Translation
from migrator.payload.translator import Translator
from migrator.payload.wire import parse
from migrator.rules.rule import DocumentKind


def carry_for(translator: Translator, kind: DocumentKind, method: str | None) -> Carry:
    """The function that carries one document of a kind; requests and responses are those of `method`."""
    if kind == "webhook":
        return translator.webhook_bytes
    translate = translator.request if kind == "request" else translator.response

    def carry(data: bytes) -> Translation[bytes]:
        document = parse(data)
        return in_bytes(translate(method or "", document), document, data)

    return carry


def takes_array(translator: Translator, kind: DocumentKind, method: str | None) -> bool:
    """Whether the documents of a kind and method are arrays themselves, as far as a rule knows."""
    if kind == "webhook" or method is None:
        return False
    try:
        (translator.request if kind == "request" else translator.response)(method, {})
    except DocumentError as error:
        return error.pointer == ""
    return False
