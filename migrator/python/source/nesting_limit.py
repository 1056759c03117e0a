"""Guard LibCST against code that is nested so deeply that its parser would overflow the stack or take minutes."""

from __future__ import annotations

import re

#: LibCST 1.9 raises RecursionError from about 190 levels of calls on, takes time that grows with the square of the
#: levels, and its native parser ends the process near 3,000. Beyond this many levels, what is removed is manual and a
#: file in a newer grammar stays unread; names are still replaced.
_MOST_LEVELS = 120

#: Strings and comments first, so that their contents count for nothing.
_TOKEN = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')'
    r"|#[^\n]*"
    r"|(?P<open>[\[({])"
    r"|(?P<close>[\])}])"
    r"|(?P<comma>,)"
    r"|(?P<line>[\r\n](?P<indent>[ \t]*)(?P<elif>elif\b)?)"
    r"|(?P<link>[-+*/%@&|^~<>.=:]|\b(?:not|and|or|in|is|lambda|if|else|await|for)\b)",
    re.DOTALL,
)


def is_deeply_nested(text: str) -> bool:
    """Return whether code may have more levels than LibCST can take; errs on the side of True.

    A level is an open bracket, or a link of a chain: an operator, a call, an attribute, a string beside another.
    A comma, or the end of a line outside of brackets, ends a chain.
    """
    chains, levels, alternatives = [0], 0, 0
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "open":
                chains[-1] += 1
                chains.append(0)
                levels += 1
            case "close" if len(chains) > 1:
                levels -= chains.pop()
            case "comma":
                levels -= chains[-1]
                chains[-1] = 0
            case "link" | "string":
                chains[-1] += 1
                levels += 1
            case _ if token["line"] is not None and len(chains) == 1:
                levels = chains[0] = 0
                alternatives += token["elif"] is not None
                if len(token["indent"]) > _MOST_LEVELS or alternatives > _MOST_LEVELS:
                    return True
        if levels > _MOST_LEVELS:
            return True
    return False
