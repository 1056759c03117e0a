"""Find the methods and versions in the URLs that a program makes, and names passed beside them."""

from __future__ import annotations

import re

from migrator.languages.grammar.node_kinds import CALL
from migrator.languages.grammar.string_parts import StringPart, StringParts, locate_range, show_parts
from migrator.languages.reading.parsed_program import ParsedProgram
from migrator.languages.reading.program_facts import BarePath, BaseUrl, ProgramCall
from migrator.matching.relays import RELAY, find_relay_hint, find_relayed_method
from migrator.matching.url_patterns import SeenUrl, explain_url, method_in
from migrator.matching.url_rows import RowOnText, is_newer, rows_on_url
from migrator.matching.urls import GAP, is_foreign_url, method_segment, redact_shape
from migrator.rules.rule import Kind

_IN_PARTS = "the name is joined from parts"
_BELOW = "check whether other APIs are called below this URL, too"
#: Requests by an HTTP method that the API does not use: all of its methods are called by POST.
_OTHER_REQUEST = re.compile(r"(?:^|\.)(?:get|put|patch|delete|head|options)$", re.IGNORECASE)
_CONSTANT = "the service is put in at run time: this is the version of all URLs that are built with it"
_UNSEEN = "the version of this URL is not written in one piece"


def find_urls(program: ParsedProgram) -> None:
    """Conclude about every URL of the API that the strings of a program make."""
    service = False
    for node in program.strings.find_roots():
        for shape in program.strings.eval_strings(node):
            text = show_parts(shape)
            service = service or program.words.url_patterns.names_service(text)
            own = [_claim_url(program, node, shape, text, url) for url in program.words.url_patterns.find_urls(text)]
            if not any(own):
                _find_part(program, node, shape, text)
            if is_foreign_url(program.words.api, text[:600]):
                program.elsewhere.append((program.tree.start[node], program.tree.end[node]))
                _claim_relayed(program, node, shape, text)
    if service and program.bases and program.speaks is None:
        program.speaks = f"{program.bases[0].evidence}, and the file contains the path of the API"


def find_paths(program: ParsedProgram) -> None:
    """Conclude about paths of the API without a host, where the file or the tree says whose they are."""
    based = program.near.based if program.near is not None else None
    for path in program.paths:
        why = explain_url(path.url, program.hint)
        if why is None and based is not None:
            why = f"URL {redact_shape(path.url.shape)}; the host of the API is in {based}"
        if why is not None:
            evidence = (f"{why} ({program.path}:{program.line_of(path.node)})",)
            program.speaks = program.speaks or evidence[0]
            _record_url(program, path.node, path.shape, show_parts(path.shape), path.url, evidence)


def find_bases(program: ParsedProgram, near: str | None) -> None:
    """Conclude about bases without a path in files that call the API, or are used by one that does."""
    for base in program.bases:
        why = program.speaks or near or _find_user(program)
        rule = program.words.version_rules.get(base.version)
        if rule is not None and base.calls_methods:
            program.add_match(*base.span, rule, program.words.target, (base.evidence,), _CONSTANT)
        elif why is not None and rule is not None:
            program.add_match(*base.span, rule, program.words.target, (base.evidence, why), _BELOW)


def _find_user(program: ParsedProgram) -> str | None:
    """Return a file that calls the API and sees the names of this one."""
    return next((f"{user.path} calls the API" for user in program.programs_using() if user.speaks), None)


def _find_part(program: ParsedProgram, node: int, shape: StringParts, text: str) -> None:
    """Record a path of the API without a host, or the base URL of all APIs on a host, for the finders that follow."""
    words = program.words
    path, version = words.url_patterns.match_path(text, words.all_methods), words.url_patterns.match_base(text)
    if path is not None:
        program.paths.append(BarePath(node, shape, path))
    elif version is not None and (where := locate_range(shape, *version)) is not None and where.path == program.path:
        evidence = f"URL {redact_shape(text)} ({program.path}:{program.line_of(node)})"
        segments = text[version[1] :].split("/")[1:3]
        calls_methods = segments == [GAP, method_segment(words.api)]
        program.bases.append(BaseUrl(_span_in_file(where), text[slice(*version)], evidence, calls_methods))


def _claim_url(program: ParsedProgram, node: int, shape: StringParts, text: str, url: SeenUrl) -> bool:
    """Conclude about a URL; False where nothing says that it is the API's."""
    why = explain_url(url, program.hint)
    if why is None:
        return False
    evidence = (f"{why} ({program.path}:{program.line_of(node)})",)
    program.speaks = program.speaks or evidence[0]
    _record_url(program, node, shape, text, url, evidence)
    return True


def _claim_relayed(program: ParsedProgram, node: int, shape: StringParts, text: str) -> None:
    """Conclude about a method at a host that may be a relay of the API, where a word hints at it."""
    tree, api = program.tree, program.words.api
    where = find_relayed_method(api, text)
    named = program.words.methods.get(text[slice(*where)]) if where else None
    around = (program.bindings.callee_of(each) for each in tree.ancestors_of(node, 3) if tree.kind[each] in CALL)
    if where is None or named is None or any(_OTHER_REQUEST.search(callee) for callee in around):
        return
    hint = find_relay_hint(api, tree.text.lower())
    if hint is not None:
        seen = f"URL {redact_shape(text)} ({program.path}:{program.line_of(node)}); the file says {hint!r}"
        _claim_row(program, node, shape, RowOnText(*where, named.rule, named.rule.old or "", named.new, RELAY), (seen,))


def _record_url(
    program: ParsedProgram, node: int, shape: StringParts, text: str, url: SeenUrl, evidence: tuple[str, ...]
) -> None:
    """Conclude about the method and the version of a URL, and remember the call."""
    words = program.words
    for told in rows_on_url(words, text, url):
        _claim_row(program, node, shape, told, evidence)
    name = None if is_newer(words, text, url) else method_in(text, url)
    where = locate_range(shape, *url.method) if url.method else None
    if name is not None and (where is not None or name in words.methods):
        span = _span_in_file(where) if where is not None and where.path == program.path else None
        program.calls.append(
            ProgramCall(name, node, *(span or (program.tree.start[node], program.tree.end[node])), evidence)
        )


def _claim_row(
    program: ParsedProgram, node: int, shape: StringParts, told: RowOnText, evidence: tuple[str, ...]
) -> None:
    where = locate_range(shape, told.start, told.end)
    home = program.program_at(where.path) if where is not None else None
    if where is not None and home is not None:
        home.add_match(*_span_in_file(where), told.rule, told.new, evidence, told.message)
        return
    tree = program.tree
    message = _UNSEEN if told.rule.kind is Kind.RAISE_VERSION else _IN_PARTS
    program.add_match(tree.start[node], tree.end[node], told.rule, told.new, evidence, told.message or message)


def _span_in_file(piece: StringPart) -> tuple[int, int]:
    start = piece.start or 0
    return start, start + len(piece.text)
