"""Make an example of code from a rule alone, and migrate it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from migrator.findings.finding import FileResult
from migrator.python.migrate import migrate_source
from migrator.rules.json_path import parse_path
from migrator.rules.rule import METHOD_KINDS, Kind, Rule, RulePlace, Step
from migrator.rules.table import Api, Rules, RuleTable

_VALUE = "..."


def make_example(table: RuleTable, step: Step, rule: Rule) -> FileResult[str] | None:
    """Return the migrated example of a rule, or None if no code made from the rule contains a finding of it."""
    rules = Rules((RuleTable(table.api, (step,)),))
    for code in _make_codes(table.api, step, rule):
        result = migrate_source(code, rules, path="example.py", notes=rule.is_note)
        if result.error is None and any(finding.rule == rule.id for finding in result.findings):
            return result
    return None


def _make_codes(api: Api, step: Step, rule: Rule) -> Iterator[str]:
    """Yield pieces of code that the rule may be about, the most telling one first."""
    version = str(step.source)
    if rule.kind in METHOD_KINDS:
        yield _request_code(api, version, rule.old or "", {})
    for place in rule.where:
        if place.document == "request":
            yield _request_code(api, version, place.name or _any_method(api, step), _request_body(rule, place))
    if rule.kind in (Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK):
        yield _handler_code(api, rule.old or "", "True")
    for place in rule.where:
        if place.document == "webhook":
            webhook = place.name or min(api.webhooks, default="...")
            yield _handler_code(api, webhook, f"hook{_lookup_code(place.path)}")
    name = f'SCOPE = "{rule.new or rule.old}"\n\n' if rule.kind is Kind.SCOPE else ""
    yield _request_code(api, version, rule.old or _any_method(api, step), {}).replace("\n\n", f"\n\n{name}", 1)
    yield _request_code(api, version, _any_method(api, step), {}).replace("\n\n", f"\n\n{name}", 1)


def _request_code(api: Api, version: str, method: str, body: object) -> str:
    host = api.hosts[0].replace("*", "api")
    url = f"https://{host}{api.path.replace('{version}', version).replace('{method}', method)}"
    return f'import requests\n\nrequests.post("{url}", json={json.dumps(body)})\n'


def _handler_code(api: Api, webhook: str, result: str) -> str:
    """Return code that reads a distinctive key of webhooks, and then the name."""
    if api.envelope is None:
        return ""
    keys = f'hook["{min(api.envelope.distinctive, default=api.envelope.name)}"] and hook["{api.envelope.name}"]'
    return f'def receive(hook):\n    if {keys} == "{webhook}":\n        return {result}\n'


def _request_body(rule: Rule, place: RulePlace) -> object:
    """Return the body of a request with the old content at the place that a rule names."""
    path = parse_path(place.path)
    if rule.kind in (Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK):
        return _nest_value(path, rule.old)
    if rule.kind is Kind.UNNEST:
        return _nest_value(path, {})
    if rule.kind in (Kind.RENAME_KEY, Kind.REMOVE_KEY):
        values = [*(rule.follow_up.values if rule.follow_up else ()), rule.restore, _VALUE]
        return _nest_value(path, next(value for value in values if value is not None))
    return {}


def _nest_value(path: tuple[str | None, ...], leaf: object) -> object:
    value = leaf
    for step in reversed(path):
        value = [value] if step is None else {step: value}
    return value


def _lookup_code(path: str) -> str:
    return "".join("[0]" if step is None else f'["{step}"]' for step in parse_path(path))


def _any_method(api: Api, step: Step) -> str:
    renamed = sorted(rule.old for rule in step.rules if rule.kind is Kind.RENAME_METHOD and rule.old)
    return next(iter([*sorted(api.methods), *renamed]), "method")
