"""Write the migration guide: all rules of each step, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.report.guide.guide_names import rename_tables
from migrator.report.guide.guide_payloads import payload_section
from migrator.report.guide.guide_rows import active_rules, is_edited, rule_item, rule_origin
from migrator.report.markdown.escape import escape_prose, heading_anchor, inline_code
from migrator.report.phrases import pluralize
from migrator.rules.rule import Kind, Rule, Step
from migrator.rules.table import Api, Rules, RuleTable

#: Manual changes by subject; every kind except renames and versions is one of them.
_BY_HAND = {
    "Removed": (Kind.REMOVE_METHOD, Kind.REMOVE_WEBHOOK, Kind.REMOVE_KEY),
    "New, or of another shape": (Kind.ADD_KEY, Kind.UNNEST),
    "Behaviour and rights": (Kind.BEHAVIOUR, Kind.SCOPE),
    "Everything else": (Kind.MANUAL,),
}
_HEAD = """# Migration guide

Written by `migrator rules --format markdown` from the table of rules. `migrator audit` lists code that is affected by
a change, `migrator codemod` edits Python that evidently uses the API, and `migrator translate` translates webhooks,
requests and responses from one version to another.
"""


def guide_text(rules: Rules) -> Iterator[str]:
    """Yield a table of contents, then a chapter for each step of each API."""
    yield _HEAD
    steps = [(each, step) for each in rules.tables for step in each.steps]
    if len(steps) > 1:
        yield "\n"
        for each, step in steps:
            title = _step_title(each.api, step)
            changes = pluralize(len(active_rules(step)), "change")
            yield f"- [{escape_prose(title)}](#{heading_anchor(title)}): {changes}\n"
    for each, step in steps:
        yield from _step_chapter(each, step, several=len(rules.tables) > 1)


def _step_title(api: Api, step: Step) -> str:
    return f"{api.title}, {step.source} to {step.target}"


def _step_chapter(each: RuleTable, step: Step, several: bool) -> Iterator[str]:
    yield f"\n## {escape_prose(_step_title(each.api, step))}\n\n"
    yield from _edit_summary(active_rules(step))
    yield from _step_commands(each.api, step, several)
    yield from _by_hand(step)
    yield from rename_tables(each.api, step)
    yield from _version_section(each.api, step)
    yield from payload_section(each, step)
    yield from _reference_section(step)


def _edit_summary(rules: list[Rule]) -> Iterator[str]:
    edited = [rule for rule in rules if is_edited(rule)]
    calls = sum(rule.follow_up is not None for rule in edited)
    more = f" ({calls} of them {'leaves' if calls == 1 else 'leave'} a call to add)" if calls else ""
    alone = len(rules) - len(edited)
    by_hand = f"{alone} {'is' if alone == 1 else 'are'}" if alone else "none is"
    yield f"{pluralize(len(rules), 'change')}: the codemod edits {len(edited)}{more}, {by_hand} manual.\n"


def _step_commands(api: Api, step: Step, several: bool) -> Iterator[str]:
    way = f"--from {step.source} --to {step.target}" + (f" --api {api.id}" if several else "")
    yield f"\n```sh\nmigrator audit {way}\nmigrator codemod {way}   # a dry run; --write edits the files\n"
    yield f"migrator translate {way} FILE\n```\n"


def _by_hand(step: Step) -> Iterator[str]:
    """Yield a checklist of manual changes."""
    groups = {title: [r for r in active_rules(step) if r.kind in kinds] for title, kinds in _BY_HAND.items()}
    groups["New, or of another shape"] += [
        rule for rule in active_rules(step) if rule.kind is Kind.RENAME_KEY and not is_edited(rule)
    ]
    if any(groups.values()):
        yield "\n### To do by hand\n\n"
        yield "`migrator audit` lists the code. If the codemod makes a part of the change, the item says so.\n"
    for title, rules in groups.items():
        if rules:
            yield f"\n#### {title}\n\n"
        for rule in rules:
            yield from rule_item(rule, "[ ] ")


def _version_section(api: Api, step: Step) -> Iterator[str]:
    rules = [rule for rule in active_rules(step) if rule.kind is Kind.RAISE_VERSION]
    if rules:
        before, after = (inline_code(api.path.replace("{version}", str(each))) for each in (step.source, step.target))
        yield f"\n### The version\n\nThe path {before} becomes {after}; the codemod edits it.\n\n"
    for rule in rules:
        yield f"- {escape_prose(rule.advice)} ({rule_origin(rule)})\n"


def _reference_section(step: Step) -> Iterator[str]:
    """Yield the rules that are only active on request."""
    rules = [rule for rule in step.rules if not rule.active]
    if not rules:
        return
    yield "\n### In the reference only\n\nThese are not in the changelog and are off by default: "
    yield "`migrator audit --show notes` lists\naffected code, `migrator translate --reference RULE` "
    yield "applies one to payloads.\n\n"
    for rule in rules:
        yield from rule_item(rule)
