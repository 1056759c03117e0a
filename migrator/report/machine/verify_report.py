"""Format the accounts of a verification for machines: JSON with its schema, and findings for SARIF and GitHub."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from migrator.findings.finding import Applicability, FileResult, Finding
from migrator.program.verify.account import Account, State
from migrator.report.printable import escape_json
from migrator.report.redact import redact_secrets
from migrator.report.run_result import RunResult

#: The version of the format. It rises when a key is removed or changes its meaning, not when one is added.
FORMAT = 1


def verify_document(accounts: Sequence[Account], base: str, run: RunResult) -> dict[str, Any]:
    """Return the verification as a JSON value: ``{"version", "base", "summary", "accounts", "errors"}``."""
    counts = Counter(account.state for account in accounts)
    rows = [account.as_json() | {"message": redact_secrets(account.message)} for account in accounts]
    value = {
        "version": FORMAT,
        "base": base,
        "summary": {state.value: counts[state] for state in State},
        "accounts": rows,
        "errors": [{"path": each.path, "line": each.line, "message": each.message} for each in run.failures],
    }
    return dict(escape_json(value))  # type: ignore[call-overload, no-any-return]


def verify_json(accounts: Sequence[Account], base: str, run: RunResult) -> str:
    """Return the verification as ASCII text."""
    return json.dumps(verify_document(accounts, base, run), indent=1) + "\n"


def verify_schema() -> dict[str, Any]:
    """Return the schema of the JSON, in the dialect of JSON Schema 2020-12."""
    text, line, optional = {"type": "string"}, {"type": "integer", "minimum": 1}, {"type": ["string", "null"]}
    state = {"enum": [state.value for state in State]}
    account = {
        "state": state,
        "rule": text,
        "message": text,
        "path": text,
        "line": line,
        "old": optional,
        "new": optional,
        "old_path": optional,
        "old_line": {"type": ["integer", "null"]},
    }
    error = {"path": text, "line": {"type": ["integer", "null"]}, "message": text}
    counts = {state.value: {"type": "integer", "minimum": 0} for state in State}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A verification by migrator",
        **_object(
            version={"const": FORMAT},
            base=text,
            summary=_object(**counts),
            accounts={"type": "array", "items": _object(**account)},
            errors={"type": "array", "items": _object(**error)},
        ),
    }


def _object(**properties: object) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def accounts_as_run(accounts: Sequence[Account], run: RunResult) -> RunResult:
    """Return a run whose findings are what is wrong or open, so that the formats of findings can show it."""
    open_ones = [account for account in accounts if account.state in (State.OPEN, State.WRONG)]
    paths = dict.fromkeys(account.path for account in open_ones)
    known = {result.path: result.before for result in run.results}
    results = tuple(
        FileResult(path, known.get(path, b""), known.get(path, b""), tuple(_findings(open_ones, path, run)))
        for path in paths
    )
    return replace(run, results=results, written=None, tasks=(), names=(), notes=())


def _findings(accounts: Sequence[Account], path: str, run: RunResult) -> Iterator[Finding]:
    for account in accounts:
        if account.path == path:
            rule = run.rules.get(account.rule)
            message = f"{account.state.value}: {redact_secrets(account.message)}"
            yield Finding(
                rule=account.rule,
                kind=rule.kind.value if rule else "",
                path=path,
                line=account.line,
                column=1,
                end_line=account.line,
                end_column=1,
                old=account.old,
                new=account.new,
                applicability=Applicability.MANUAL,
                evidence=(),
                message=message,
                advice=account.advice,
            )
