"""Stands in for celery in the programs of the tests: a task runs where it is called, without a broker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Task:
    """A function that can also be delayed, which is to say called."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.run = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.run(*args, **kwargs)

    def delay(self, *args: Any, **kwargs: Any) -> Any:
        return self.run(*args, **kwargs)


class Celery:
    """An application whose tasks are eager."""

    def __init__(self, name: str) -> None:
        self.name = name

    def task(self, *functions: Callable[..., Any], **_options: Any) -> Any:
        return Task(*functions) if functions else Task
