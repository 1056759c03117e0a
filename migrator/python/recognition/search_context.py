"""The inputs of every finder: the program, the rules of one chain, and hints about each module."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.matching.vocabulary import Vocabulary
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.call_graph.call_strings import SitesByFunction
from migrator.python.recognition.context_hints import ModuleHints


@dataclass(frozen=True, slots=True)
class SearchContext:
    """The evaluator, the rules by the names they change, the modules to search and the hints that they contain.

    `rename_wrappers` asks to rename functions of the scanned code that are named after the API method they call.
    """

    ev: Evaluator
    words: Vocabulary
    hints: ModuleHints
    modules: tuple[Module, ...]
    rename_wrappers: bool = False


@dataclass(frozen=True, slots=True)
class CallGraph:
    """The call sites of each function, and the modules that may send requests: those searched and those they import."""

    sites: SitesByFunction
    senders: tuple[Module, ...]
