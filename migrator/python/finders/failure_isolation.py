"""Keep a failure of a finder inside the module in which it occurred."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from migrator.python.analysis.module import Module
from migrator.python.recognition.sent_requests import SentRequest

T = TypeVar("T")


class FailureIsolation:
    """Runs the steps of a search. A module in which one of them fails is excluded from those that follow."""

    def __init__(self) -> None:
        self.failed: dict[Module, str] = {}

    def for_each_module(self, modules: Iterable[Module], step: Callable[[Module], object]) -> None:
        """Run a step on each module."""
        for module in modules:
            self._run_step(module, step, module)

    def for_each_request(self, requests: Iterable[SentRequest], step: Callable[[SentRequest], object]) -> None:
        """Run a step on each request; its failure is that of the module which sends the request."""
        for request in requests:
            self._run_step(request.spot.module, step, request)

    def for_program(self, modules: Iterable[Module], step: Callable[[], object]) -> None:
        """Run a step on the whole program. If it fails, mark every module as failed so that nothing is edited."""
        try:
            step()
        except Exception as error:
            self.failed.update({module: _describe_error(error) for module in modules})

    def _run_step(self, module: Module, step: Callable[[T], object], subject: T) -> None:
        if module not in self.failed:
            try:
                step(subject)
            except Exception as error:
                self.failed[module] = _describe_error(error)


def _describe_error(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
