"""The errors of a translation. No message contains a value of the document, only its type and its position."""

from __future__ import annotations

from migrator.payload.loss import Loss


class TranslationError(ValueError):
    """Report that a document cannot be translated; the base of every error that a translation raises."""


class DocumentError(TranslationError):
    """Report a value of a type that the rules cannot process.

    `pointer` is its JSON Pointer, "" for the whole document.
    """

    def __init__(self, pointer: str, problem: str) -> None:
        super().__init__(f"{pointer or 'the document'}: {problem}")
        self.pointer = pointer
        self.problem = problem


class NotJsonError(DocumentError):
    """Report bytes that are not JSON in UTF-8, or are nested too deeply to be read."""

    def __init__(self, problem: str) -> None:
        super().__init__("", problem)

    def __reduce__(self) -> tuple[type[NotJsonError], tuple[str]]:
        """Return how to pickle the error, whose arguments differ from those of its base."""
        return type(self), (self.problem,)


class LossError(TranslationError):
    """Report a loss when the caller asked for an error; `losses` contains everything that is lost.

    `rule` and `pointer` are those of the first loss.
    """

    def __init__(self, losses: tuple[Loss, ...]) -> None:
        super().__init__("; ".join(f"{loss.pointer or 'the document'}: {loss.reason} ({loss.rule})" for loss in losses))
        self.losses = losses
        self.rule = losses[0].rule
        self.pointer = losses[0].pointer


class AmbiguousVersionError(TranslationError):
    """Report that a document whose version had to be detected fits several versions, or none; `reasons` says why."""

    def __init__(self, candidates: tuple[str, ...], reasons: tuple[str, ...]) -> None:
        fits = f"it fits {' and '.join(candidates)}" if candidates else "it contradicts itself"
        super().__init__(f"the version of the webhook is ambiguous, {fits}: {'; '.join(reasons) or 'no evidence'}")
        self.candidates = candidates
        self.reasons = reasons


class UnknownNameError(TranslationError):
    """Report a method or webhook that the source version does not know, but another version, or that is misspelt.

    `suggestions` are names of `version`, the nearest first; `versions` are those that know the name.
    """

    def __init__(
        self, sort: str, name: str, version: str, suggestions: tuple[str, ...], versions: tuple[str, ...] = ()
    ) -> None:
        others = f", only {' and '.join(versions)}" if versions else ""
        close = f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"{version} has no {sort} {name}{others}{close}")
        self.sort = sort
        self.name = name
        self.version = version
        self.suggestions = suggestions
        self.versions = versions

    def __reduce__(self) -> tuple[type[UnknownNameError], tuple[object, ...]]:
        """Return how to pickle the error, whose message is made of its arguments."""
        return type(self), (self.sort, self.name, self.version, self.suggestions, self.versions)
