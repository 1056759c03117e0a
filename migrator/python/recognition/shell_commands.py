"""Find URLs and methods in what a notebook passes to a shell: ``%%bash`` cells and lines that start with ``!``."""

from __future__ import annotations

import re

from migrator.matching.url_patterns import explain_url
from migrator.matching.url_rows import rows_on_url
from migrator.python.analysis.module import Module
from migrator.python.recognition.claims import Claim, ClaimSet, EvidenceStrength
from migrator.python.recognition.search_context import SearchContext
from migrator.python.source.notebook import Notebook

_SHELL = "it is in a shell command, which is not edited"


def claim_shell_commands(context: SearchContext, module: Module, claims: ClaimSet) -> None:
    """Claim, as manual, what the shell commands of a notebook contain."""
    source, words = module.source, context.words
    if not isinstance(source, Notebook) or source.written == source.text:
        return
    taken = set[int]()
    for url in words.url_patterns.find_urls(source.written):
        why = explain_url(url, None)
        if why is None or not _is_masked(source, url.start, url.end):
            continue
        for row in rows_on_url(words, source.written, url):
            taken.add(row.start)
            claims.add(
                Claim(
                    row.rule,
                    module,
                    row.start,
                    row.end,
                    row.old,
                    row.new,
                    EvidenceStrength.STRONG,
                    (f"{why} ({module.path}:{source.displayed_position(row.start)[0]})",),
                    row.message or _SHELL,
                )
            )
    hint = context.hints.find_hint(module)
    for found in re.finditer(r"(?<=[}\w]/)\w+(?=[\s\"'?]|$)", source.written) if hint else ():
        named = words.methods.get(found[0])
        if named is not None and found.start() not in taken and _is_masked(source, *found.span()):
            seen = (hint or "",)
            claims.add(
                Claim(named.rule, module, *found.span(), found[0], named.new, EvidenceStrength.WEAK, seen, _SHELL)
            )


def _is_masked(source: Notebook, start: int, end: int) -> bool:
    """Return whether a span is not Python: all of it is masked."""
    return not source.text[start:end].strip()
