"""Write which rules of a step lose payload data, or need a value or a further call, in both directions."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.report.guide.guide_rows import guard_condition, rule_subject
from migrator.report.markdown.escape import aligned_table, inline_code, json_code
from migrator.rules.known_names import NAMING_ROWS, find_known_names
from migrator.rules.rule import Guard, Kind, Rule, Step
from migrator.rules.table import RuleTable

_NAMES = (Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.RENAME_KEY)
_REMOVED = (Kind.REMOVE_METHOD, Kind.REMOVE_WEBHOOK)
_CARRIED = "translated"
_LOST = "the document is lost"
_NOTHING = "nothing to translate"


def payload_section(table: RuleTable, step: Step) -> Iterator[str]:
    """Yield a table of the rules that do not translate everything both ways, and the names that one version lacks."""
    effects = {rule: (_effect_up(rule), _effect_down(rule, step)) for rule in step.rules if _affects_payloads(rule)}
    rows = [
        (rule_subject(rule), up, down, inline_code(rule.id))
        for rule, (up, down) in effects.items()
        if (up, down) != (_CARRIED, _CARRIED)
    ]
    if not effects:
        return
    yield "\n### What payloads lose\n\n"
    yield f"`migrator translate` translates payloads from {step.source} to {step.target} and back, "
    yield "and reports what is lost:\n" if rows else "and loses nothing.\n"
    if rows:
        yield "\n"
        yield from aligned_table(
            ("name", f"{step.source} to {step.target}", f"{step.target} to {step.source}", "rule"), rows
        )
    yield from _list_one_sided_names(table, step)


def _list_one_sided_names(table: RuleTable, step: Step) -> Iterator[str]:
    """Yield the names that only one of the two versions knows although no active rule says so, by their origin."""
    active = {rule.id for rule in step.rules if rule.active}
    for up, known, other in ((True, step.source, step.target), (False, step.target, step.source)):
        names: dict[str, list[str]] = {}
        for sort in NAMING_ROWS:
            found = find_known_names(table, sort)
            for name, origin in (found.find_lost_names(step, up) if found is not None else {}).items():
                if found is not None and name not in found.later and origin not in active:
                    names.setdefault(origin, []).append(inline_code(name))
        for origin, each in names.items():
            yield f"\nOnly {known} knows {', '.join(each)}: on the way to {other}, their documents are lost "
            yield f"({inline_code(origin)}).\n"


#: Kinds of rules that do not affect payloads.
_UNSEEN = (Kind.BEHAVIOUR, Kind.SCOPE, Kind.MANUAL, Kind.RAISE_VERSION)


def _affects_payloads(rule: Rule) -> bool:
    """Return whether a rule affects payloads by default; new required keys always do."""
    return (rule.active and rule.kind not in _UNSEEN) or rule.kind is Kind.ADD_KEY


def _effect_up(rule: Rule) -> str:
    if rule.forward == "impossible" or rule.kind in _REMOVED:
        return _LOST
    if rule.kind in _NAMES and rule.guard:
        return f"the document is lost unless {guard_condition(rule)}"
    if rule.kind is Kind.REMOVE_KEY:
        return _removal_effect(rule)
    if rule.kind is Kind.ADD_KEY:
        return f"needs a value: {inline_code(f'--declare {rule.context}=VALUE')}"
    return _CARRIED if rule.forward == "lossless" else "a part is lost"


def _removal_effect(rule: Rule) -> str:
    if rule.follow_up:
        known = "; another value than those above is lost" if rule.follow_up.values else ""
        return f"becomes a call of {inline_code(rule.follow_up.method)}{known}"
    kept = f" unless it is {json_code(rule.restore)}" if rule.restore is not None else ""
    return f"the value is lost{kept}"


def _effect_down(rule: Rule, step: Step) -> str:
    if rule.back == "impossible":
        return _NOTHING if rule.new is None else _LOST
    if rule.kind in _REMOVED:
        return _NOTHING
    if rule.kind in _NAMES and rule.guard and not _restores_guard(rule.guard, step):
        return f"the document is lost unless {guard_condition(rule)}"
    if rule.kind is Kind.REMOVE_KEY:
        return f"{json_code(rule.restore)} is added" if rule.restore is not None else _NOTHING
    if rule.kind is Kind.ADD_KEY and not rule.active:
        return _CARRIED
    if rule.kind is Kind.ADD_KEY:
        return "the value is removed" if rule.back == "lossless" else "the value is lost"
    return _CARRIED if rule.back == "lossless" else "a part is lost"


def _restores_guard(guard: Guard, step: Step) -> bool:
    """Return whether translating down restores the value that a guard requires."""
    removed = [rule for rule in step.rules if rule.kind is Kind.REMOVE_KEY and rule.restore == guard.equals]
    return any(place.path == guard.path for rule in removed for place in rule.where)
