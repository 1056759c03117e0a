"""Find the methods and versions in the URLs that a program makes, and the names that it hands on beside them."""

from __future__ import annotations

from migrator.code.urls import Trust, is_elsewhere
from migrator.languages.program import Call, Program
from migrator.languages.strings import Piece, Shape, located, shown
from migrator.languages.words import SeenUrl, Told
from migrator.rules.rule import Kind

_IN_PARTS = "the name is put together from parts"
_UNSEEN = "the version of this URL is not written in one piece"


def find_urls(program: Program) -> None:
    """Conclude about every URL of the API that the strings of a program make."""
    for node in program.strings.roots():
        for shape in program.strings.of(node):
            text = shown(shape)
            for url in program.words.urls(text):
                _url(program, node, shape, text, url)
            if is_elsewhere(program.words.api, text[:600]):
                program.elsewhere.append((program.tree.start[node], program.tree.end[node]))


def _url(program: Program, node: int, shape: Shape, text: str, url: SeenUrl) -> None:
    words = program.words
    why = words.why(url, program.hint)
    if why is None:
        return
    evidence = (f"{why} ({program.path}:{program.line(node)})",)
    if url.trust is Trust.CERTAIN or program.hint:
        program.speaks = program.speaks or evidence[0]
    for told in words.told(text, url):
        _told(program, node, shape, told, evidence)
    name = None if words.is_newer(text, url) else words.method(text, url)
    where = located(shape, *url.method) if url.method else None
    if name is not None and (where is not None or name in words.methods):
        span = _span(where) if where is not None and where.path == program.path else None
        program.calls.append(Call(name, node, *(span or (program.tree.start[node], program.tree.end[node])), evidence))


def _told(program: Program, node: int, shape: Shape, told: Told, evidence: tuple[str, ...]) -> None:
    where = located(shape, told.start, told.end)
    home = program.seen(where.path) if where is not None else None
    if where is not None and home is not None:
        home.add(*_span(where), told.rule, told.new, evidence, told.message)
        return
    tree = program.tree
    message = _UNSEEN if told.rule.kind is Kind.RAISE_VERSION else _IN_PARTS
    program.add(tree.start[node], tree.end[node], told.rule, told.new, evidence, told.message or message)


def _span(piece: Piece) -> tuple[int, int]:
    start = piece.start or 0
    return start, start + len(piece.text)
