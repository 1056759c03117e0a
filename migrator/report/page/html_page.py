"""A run as one page of HTML that needs nothing beside itself: no other file, no other host."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.resources import files

from migrator.report.page import static_html as static
from migrator.report.page.entries import entries
from migrator.report.page.page_data import data_json
from migrator.report.run_result import Run

#: The scripts that follow the data, in this order: one function around them all keeps their names to themselves.
_SCRIPTS = ("model.js", "nodes.js", "address.js", "charts.js", "code.js", "places.js", "keys.js", "main.js")
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def page_text(run: Run) -> Iterator[str]:
    """The page in pieces, all ASCII. What others chose, names and code, stands in it as text only."""
    listed = entries(run)
    first, style = _asset("theme.js"), _asset("page.css")
    script = '"use strict";\n(() => {\n' + "".join(map(_asset, _SCRIPTS)) + "})();\n"
    parts: Mapping[str, Iterable[str]] = {
        "policy": [_policy((first, script), style)],
        "style": [style],
        "first_script": [first],
        "script": [script],
        "steps": [static.steps(run)],
        "verdict": [static.verdict(run, listed)],
        "totals": static.totals(run, listed),
        "unread": static.unread(run),
        "ledger": static.ledger(run),
        "plain": static.plain(run, listed),
        "data": data_json(run, listed),
    }
    for index, piece in enumerate(_SLOT.split(_asset("page.html"))):
        yield from parts[piece] if index % 2 else (piece,)


def _policy(scripts: Iterable[str], style: str) -> str:
    """Nothing may be loaded, and of scripts and styles only those that the page itself carries may be used."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('ascii')).digest()).decode()}'"


def _asset(name: str) -> str:
    return files("migrator.report.page").joinpath("assets", name).read_text("ascii")
