"""What every finder works with: one search of the modules for what one chain is about."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from migrator.code.claims import Claims
from migrator.code.evaluate import Evaluator
from migrator.code.evidence import Surroundings
from migrator.code.expand import Sites
from migrator.code.lexicon import Lexicon
from migrator.code.modules import Module


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
