"""What a step does to payloads, in both directions: what each row loses, needs or leaves for a further call."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.report.guide.guide_rows import condition, subject
from migrator.report.markdown.escape import code, table, value
from migrator.rules.rule import Guard, Kind, Rule, Step

_NAMES = (Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.RENAME_KEY)
_CARRIED = "carried"
_NOTHING = "nothing to carry"


def payloads(step: Step) -> Iterator[str]:
    """A table of the rows that do not carry everything both ways."""
    told = {rule: (_up(rule), _down(rule, step)) for rule in step.rules if _acts(rule)}
    rows = [
        (subject(rule), up, down, code(rule.id))
        for rule, (up, down) in told.items()
        if (up, down) != (_CARRIED, _CARRIED)
    ]
    if not told:
        return
    yield "\n### What payloads lose\n\n"
    yield f"`migrator translate` carries payloads from {step.source} to {step.target} and back, "
    yield "and reports what is lost:\n" if rows else "and loses nothing.\n"
    if rows:
        yield "\n"
        yield from table(("what", f"{step.source} to {step.target}", f"{step.target} to {step.source}", "rule"), rows)


#: Rows that say nothing about payloads.
_UNSEEN = (Kind.BEHAVIOUR, Kind.SCOPE, Kind.MANUAL, Kind.RAISE_VERSION)


def _acts(rule: Rule) -> bool:
    """Whether a row says something about payloads by default: what is new and needed is asked for in any case."""
    return (rule.active and rule.kind not in _UNSEEN) or rule.kind is Kind.ADD_KEY


def _up(rule: Rule) -> str:
    if rule.forward == "impossible" or rule.kind is Kind.REMOVE_WEBHOOK:
        return "the document is lost"
    if rule.kind in _NAMES and rule.guard:
        return f"the document is lost unless {condition(rule)}"
    if rule.kind is Kind.REMOVE_KEY:
        return _taken_out(rule)
    if rule.kind is Kind.ADD_KEY:
        return f"needs a value: {code(f'--declare {rule.context}=VALUE')}"
    return _CARRIED if rule.forward == "lossless" else "a part is lost"


def _taken_out(rule: Rule) -> str:
    if rule.follow_up:
        known = "; with another value than those above, the document is lost" if rule.follow_up.values else ""
        return f"becomes a call of {code(rule.follow_up.method)}{known}"
    kept = f" unless it is {value(rule.restore)}" if rule.restore is not None else ""
    return f"the value is lost{kept}"


def _down(rule: Rule, step: Step) -> str:
    if rule.back == "impossible":
        return _NOTHING if rule.new is None else "the document is lost"
    if rule.kind is Kind.REMOVE_WEBHOOK:
        return _NOTHING
    if rule.kind in _NAMES and rule.guard and not _restored(rule.guard, step):
        return f"the document is lost unless {condition(rule)}"
    if rule.kind is Kind.REMOVE_KEY:
        return f"{value(rule.restore)} is put in" if rule.restore is not None else _NOTHING
    if rule.kind is Kind.ADD_KEY and not rule.active:
        return _CARRIED
    if rule.kind is Kind.ADD_KEY:
        return "the value is taken out" if rule.back == "lossless" else "the value is lost"
    return _CARRIED if rule.back == "lossless" else "a part is lost"


def _restored(guard: Guard, step: Step) -> bool:
    """Whether the way back puts in again what a guard asks for."""
    removed = [rule for rule in step.rules if rule.kind is Kind.REMOVE_KEY and rule.restore == guard.equals]
    return any(place.path == guard.path for rule in removed for place in rule.where)
