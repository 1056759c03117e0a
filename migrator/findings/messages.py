"""Messages of findings, made from their rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from migrator.rules.rule import CallArgument, FollowUpCall, Kind, Rule

#: A name behind many callers has a step of evidence for each; eight are enough to judge it, others are counted.
_MOST_EVIDENCE = 8
_ALIKE = re.compile(r"and ([\d,]+) alike")

#: Why a call is reported when its response has changed: what reads the response may be anywhere.
RESPONSE_CHANGED = "check the code that reads the response"


def limit_evidence(steps: Iterable[str]) -> tuple[str, ...]:
    """Return the different steps of evidence; of many, the first and how many are alike."""
    found = tuple(dict.fromkeys(steps))
    more = len(found) - _MOST_EVIDENCE
    return (*found[:_MOST_EVIDENCE], f"and {more:,} alike") if more > 0 else found


def split_counted(steps: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the steps of evidence, and apart from them the one that counts those which are not listed."""
    is_counted = bool(steps) and _ALIKE.fullmatch(steps[-1]) is not None
    return (steps[:-1], steps[-1:]) if is_counted else (steps, ())


def count_evidence(steps: Sequence[str]) -> int:
    """Return the number of steps of evidence, with those that are only counted."""
    listed, counted = split_counted(steps)
    return len(listed) + sum(int(step.split()[1].replace(",", "")) for step in counted)


def write_message(rule: Rule, written: str | None, renamed: str | None, target: str, obstacle: str) -> str:
    """Say in one sentence what a rule changes, and what prevents an edit.

    `written` is the text in the file, `renamed` its replacement.
    """
    if not rule.active and rule.new and rule.old:
        return f"the reference names `{rule.new}` as the successor of `{rule.old}`; no edit is needed"
    return _describe_change(rule, written, renamed, target) + (f": {obstacle}" if obstacle else "")


def _describe_change(rule: Rule, written: str | None, renamed: str | None, target: str) -> str:
    old = rule.old or written
    match rule.kind:
        case Kind.RENAME_METHOD | Kind.RENAME_WEBHOOK | Kind.RENAME_KEY:
            what = {Kind.RENAME_METHOD: "method", Kind.RENAME_WEBHOOK: "webhook", Kind.RENAME_KEY: "key"}[rule.kind]
            new = renamed or rule.new
            changed = f"renamed to `{new}`" if new else "removed"
            return f"{what} `{old}` was {changed} in {target}"
        case Kind.REMOVE_METHOD:
            return f"method `{old}` was removed in {target}"
        case Kind.REMOVE_WEBHOOK:
            return f"webhook `{old}` was removed in {target}"
        case Kind.REMOVE_KEY:
            return f"`{old}` was removed in {target}"
        case Kind.RAISE_VERSION:
            return f"version {written} becomes {target}"
        case Kind.ADD_KEY:
            return f"`{rule.new}` was added in {target}"
        case Kind.UNNEST:
            return f"the contents of `{old}` are no longer nested in {target}"
        case Kind.BEHAVIOUR:
            return f"`{old or rule.new}` behaves differently in {target}"
        case Kind.SCOPE:
            return f"scope `{rule.new or old}` grants more in {target}"
        case Kind.MANUAL:
            return f"`{old or rule.new}` changed in {target}"


def describe_call(call: FollowUpCall, written: str, value: object) -> str | None:
    """Say which call keeps the meaning of a removed value; None if the value needs none.

    `written` is the source of the value, and `value` what it is, when it is a constant.
    """
    if value in call.unless:
        return None
    mapped = call.values.get(value) if isinstance(value, str) else None
    shown = f'"{mapped}"' if mapped else " ".join(written.split())
    arguments = ", ".join(f"{name}={_describe_argument(each) or shown}" for name, each in call.arguments.items())
    values = "" if mapped or not call.values else f", where {_describe_values(call.values)}"
    scopes = f", scope {' or '.join(call.scopes)}" if call.scopes else ""
    return f"call {call.method}({arguments}) of the {call.api} API: POST {call.url}{scopes}{values}"


def _describe_argument(argument: CallArgument) -> str:
    if argument.origin == "value":
        return ""
    return f"<{(argument.path or '$').removeprefix('$.')} of the {argument.origin}>"


def _describe_values(values: dict[str, str]) -> str:
    return ", ".join(f"{old!r} is {new!r}" for old, new in values.items() if old != new)
