"""What a finding says to a person, from its row."""

from __future__ import annotations

from migrator.code.claims import Claim
from migrator.rules.rule import Kind


def message(claim: Claim, target: str) -> str:
    """One sentence: what changed, and what stands in the way of an edit."""
    if not claim.rule.active and claim.rule.new and claim.rule.old:
        return f"the reference names `{claim.rule.new}` as what became of `{claim.rule.old}`; this changes nothing"
    return _change(claim, target) + (f": {claim.obstacle}" if claim.obstacle else "")


def advice(claim: Claim) -> str:
    """What to do, as the row says it."""
    return claim.rule.advice


def _change(claim: Claim, target: str) -> str:
    rule, old = claim.rule, claim.rule.old or claim.old
    match rule.kind:
        case Kind.RENAME_METHOD | Kind.RENAME_WEBHOOK | Kind.RENAME_KEY:
            what = {Kind.RENAME_METHOD: "method", Kind.RENAME_WEBHOOK: "webhook", Kind.RENAME_KEY: "key"}[rule.kind]
            new = claim.new or rule.new
            return f"{what} `{old}` is `{new}` in {target}" if new else f"{what} `{old}` is not in {target}"
        case Kind.REMOVE_WEBHOOK:
            return f"webhook `{old}` is gone in {target}"
        case Kind.REMOVE_KEY:
            return f"`{old}` is gone in {target}"
        case Kind.RAISE_VERSION:
            return f"version {claim.old} becomes {target}"
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
