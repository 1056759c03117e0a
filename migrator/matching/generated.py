"""Recognise generated files by their first comment: an edit there is lost when they are generated again."""

from __future__ import annotations

import re

#: Why a finding in a generated file is manual.
GENERATED = "generated file: change what generates it"

#: A licence may precede the notice: that of the Apache foundation has 15 lines, the MIT licence 21.
_LINES = 60
#: Lines of a header are shorter than 130 characters; a notice further away is not seen, and the file counts as written.
LARGEST_HEADER = 8000
_LINE_COMMENT = re.compile(r"(?:#|//|--|;|%|'|<\?(?:php|xml)|['\"]use strict['\"]|package [\w.]+;?\s*\Z)")
#: The beginnings of a comment of several lines, with its end.
_BLOCKS = (("/*", "*/"), ("<!--", "-->"), ("{-", "-}"), ('"""', '"""'), ("'''", "'''"), ("{#", "#}"))
_SIGNS = r"[\s/*#<!\-;%'\"{]*"
_NOTICE = re.compile(
    rf"(?:^|.*\s)@generated\b(?!\s*[:=(])"
    r"|.*\bDO NOT (?:EDIT|MODIFY)\b(?! (?:BELOW|ABOVE|BETWEEN|UNLESS))"
    rf"|{_SIGNS}(?:(?i:this|the) (?i:file|code|class|module|source|client) (?i:is|was|has been) |(?i:code|file) )?"
    r"(?i:auto(?:matically)?[- ]?)?(?i:generated) (?i:by|with|from|using)\b",
)


def is_generated(text: str) -> bool:
    """Return whether a comment before the code of a file says that the file is generated."""
    closing = ""
    for line in text[:LARGEST_HEADER].removeprefix("\ufeff").splitlines()[:_LINES]:
        bare = line.strip()
        if not closing:
            opened = next(((opening, end) for opening, end in _BLOCKS if bare.startswith(opening)), None)
            if opened is not None:
                closing = "" if opened[1] in bare[len(opened[0]) :] else opened[1]
            elif bare and not _LINE_COMMENT.match(bare):
                return False
        elif closing in bare:
            closing = ""
        if _NOTICE.match(line):
            return True
    return False
