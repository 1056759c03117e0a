"""The interfaces through which readers use one another: `program` passes the implementations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from migrator.findings.reading import Reading, TextMatch
from migrator.matching.vocabulary import Vocabulary


class TextReader(Protocol):
    """Read one file for one chain. A reader raises nothing: what it cannot read is the error of its reading."""

    def __call__(self, path: str, raw: bytes, words: Vocabulary, /) -> Reading:
        """Return what is seen in the bytes of the file at `path`."""
        ...


class SnippetReader(Protocol):
    """Read code inside a document or a string: the fenced code of Markdown, the command of a pipeline."""

    def __call__(self, path: str, code: str, line: int, language: str, words: Vocabulary, /) -> Reading | None:
        """Return what is seen in code that starts at `line`, by characters; None if it cannot be parsed.

        `language` is the name of the language as people write it: ``js``, ``golang``, ``shell``.
        """
        ...


class JsonDocument(Protocol):
    """A JSON document inside a string of a program; spans are those of the file."""

    def key_spans(self, path: Sequence[str | None], /) -> Iterator[tuple[int, int]]:
        """Yield the span of each key at a path from the root; None stands for each element of an array."""
        ...

    def request_places(self, method: str, evidence: str, /) -> Iterable[TextMatch]:
        """Return what the rows say of the document as the body of a request of `method`."""
        ...


class JsonReader(Protocol):
    """Read the JSON that a string of a program contains."""

    def __call__(self, text: str, offsets: Sequence[int], /) -> JsonDocument | None:
        """Return the document that a text is, also with escapes or doubled quotes in it; None if it is none.

        `offsets` are the offsets of its characters in the file, with that of its end.
        """
        ...


class JsonReaderFactory(Protocol):
    """Make the reader for the strings of one file."""

    def __call__(self, words: Vocabulary, text: str, /) -> JsonReader:
        """Return a reader for strings of the file whose text is given."""
        ...
