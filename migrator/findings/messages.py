"""Messages of findings, made from their rules."""

from __future__ import annotations

from migrator.rules.rule import Kind, Rule


def said(rule: Rule, written: str | None, renamed: str | None, target: str, obstacle: str) -> str:
    """Say in one sentence what a rule changes, and what prevents an edit.

    `written` is the text in the file, `renamed` its replacement.
    """
    if not rule.active and rule.new and rule.old:
        return f"the reference names `{rule.new}` as what became of `{rule.old}`; this changes nothing"
    return _change(rule, written, renamed, target) + (f": {obstacle}" if obstacle else "")


def _change(rule: Rule, written: str | None, renamed: str | None, target: str) -> str:
    old = rule.old or written
    match rule.kind:
        case Kind.RENAME_METHOD | Kind.RENAME_WEBHOOK | Kind.RENAME_KEY:
            what = {Kind.RENAME_METHOD: "method", Kind.RENAME_WEBHOOK: "webhook", Kind.RENAME_KEY: "key"}[rule.kind]
            new = renamed or rule.new
            return f"{what} `{old}` is `{new}` in {target}" if new else f"{what} `{old}` is not in {target}"
        case Kind.REMOVE_WEBHOOK:
            return f"webhook `{old}` is gone in {target}"
        case Kind.REMOVE_KEY:
            return f"`{old}` is gone in {target}"
        case Kind.RAISE_VERSION:
            return f"version {written} becomes {target}"
        case Kind.ADD_KEY:
            return f"`{rule.new}` is new in {target}"
        case Kind.UNNEST:
            return f"what stood inside `{old}` stands bare in {target}"
        case Kind.BEHAVIOUR:
            return f"`{old or rule.new}` behaves differently in {target}"
        case Kind.SCOPE:
            return f"scope `{rule.new or old}` reaches further in {target}"
        case Kind.MANUAL:
            return f"`{old or rule.new}` changed in {target}"
