"""What every finder works with: one search of the modules for what one chain is about."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from migrator.matching.vocabulary import Lexicon
from migrator.python.analysis.interface import Evaluator
from migrator.python.analysis.module import Module
from migrator.python.call_graph.call_strings import Sites
from migrator.python.recognition.claims import Claims
from migrator.python.recognition.context_hints import Surroundings


@dataclass(frozen=True, slots=True)
class Search:
    """The evaluator, the rows by their names, what is known of the modules, and the claims that are collected.

    `opaque` are nodes that hold no names of the API: user data, bodies of methods, URLs on other hosts. `answered` says
    of a rule's id and a module whether the module calls what answers the change. `told` are the ids of rules that
    claimed a key of a call, and `left` those of the comments of an earlier run, each with its line.
    """

    ev: Evaluator
    words: Lexicon
    around: Surroundings
    sites: Sites
    claims: Claims = field(default_factory=Claims)
    opaque: set[ast.AST] = field(default_factory=set)
    answered: dict[tuple[str, Module], bool] = field(default_factory=dict)
    told: set[tuple[str, ast.AST]] = field(default_factory=set)
    left: set[tuple[str, Module, int]] = field(default_factory=set)
