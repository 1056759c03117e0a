"""Format a run as a self-contained HTML page."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.resources import files

from migrator.report.page import static_html as static
from migrator.report.page.entries import list_entries
from migrator.report.page.page_data import data_json
from migrator.report.run_result import RunResult

#: The scripts, in this order; one function around all of them keeps their names private.
_SCRIPTS = ("model.js", "nodes.js", "address.js", "charts.js", "code.js", "places.js", "keys.js", "main.js")
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def page_text(run: RunResult) -> Iterator[str]:
    """Yield the page in pieces, all ASCII; names and code from users are inserted as text only."""
    listed = list_entries(run)
    first, style = _read_asset("theme.js"), _read_asset("page.css")
    script = '"use strict";\n(() => {\n' + "".join(map(_read_asset, _SCRIPTS)) + "})();\n"
    parts: Mapping[str, Iterable[str]] = {
        "policy": [_security_policy((first, script), style)],
        "style": [style],
        "first_script": [first],
        "script": [script],
        "steps": [static.steps_html(run)],
        "verdict": [static.verdict_html(run, listed)],
        "totals": static.totals_html(run, listed),
        "tasks": static.tasks_html(run),
        "unread": static.unread_html(run),
        "ledger": static.ledger_html(run),
        "plain": static.plain_tables(run, listed),
        "data": data_json(run, listed),
    }
    for index, piece in enumerate(_SLOT.split(_read_asset("page.html"))):
        yield from parts[piece] if index % 2 else (piece,)


def _security_policy(scripts: Iterable[str], style: str) -> str:
    """Return a content security policy that allows the page's own scripts and styles only, and no request."""
    allowed = " ".join(map(_csp_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_csp_hash(style)}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _csp_hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('ascii')).digest()).decode()}'"


def _read_asset(name: str) -> str:
    return files("migrator.report.page").joinpath("assets", name).read_text("ascii")
