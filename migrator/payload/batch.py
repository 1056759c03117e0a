"""Translate many documents of one kind: the same loop for streams of the command line, archives and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeAlias, TypeVar

from migrator.payload.translation import Translation
from migrator.payload.translation_errors import TranslationError
from migrator.payload.translator import Translator
from migrator.rules.rule import DocumentKind

D = TypeVar("D")

#: The translation of one document, or the error that it raised.
BatchResult: TypeAlias = Translation[D] | TranslationError


def translate_batch(
    translator: Translator, documents: Iterable[D], *, kind: DocumentKind = "webhook", method: str | None = None
) -> Iterator[BatchResult[D]]:
    """Yield the translation of each document, in order, or the error that a single one raises.

    Documents are objects, or bytes such as the lines of a file in JSON Lines: what no rule is about keeps its bytes.
    Requests and responses are those of `method`. Documents are read one by one, so that memory stays flat.

    Raises ValueError when `method` is missing, or is given for webhooks.
    """
    if (method is None) is not (kind == "webhook"):
        raise ValueError("requests and responses have a method, webhooks have none")
    return translate_each(_create_function(translator, kind, method or ""), documents)


def translate_each(translate: Callable[[D], Translation[D]], documents: Iterable[D]) -> Iterator[BatchResult[D]]:
    """Yield the translation of each document by one function, or the error that it raises."""
    for document in documents:
        try:
            yield translate(document)
        except TranslationError as error:
            yield error


def choose_bytes_function(
    translator: Translator, kind: DocumentKind, method: str
) -> Callable[[bytes], Translation[bytes]]:
    """Return the function that translates documents in bytes."""
    if kind == "webhook":
        return translator.webhook_bytes
    return partial(translator.request_bytes if kind == "request" else translator.response_bytes, method)


def _create_function(translator: Translator, kind: DocumentKind, method: str) -> Callable[[Any], Translation[Any]]:
    """Return the function that translates one document, in bytes or as an object."""
    in_bytes = choose_bytes_function(translator, kind, method)
    if kind == "webhook":
        of_objects: Callable[[Any], Translation[Any]] = translator.webhook
    else:
        of_objects = partial(translator.request if kind == "request" else translator.response, method)
    return lambda document: in_bytes(document) if isinstance(document, bytes) else of_objects(document)
