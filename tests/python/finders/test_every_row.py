"""Every row of the shipped table proves itself on code that is generated from it."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from laws import text_of
from migrator.findings.finding import Applicability
from migrator.rules.rule import Kind, Rule
from verbs import migrated, places, shipped, told_comments

TABLE = shipped().table("livechat-configuration")
STEP = TABLE.chain("3.1", "3.2").steps[0]
VERSION = next(rule for rule in STEP.rules if rule.kind is Kind.RAISE_VERSION)
BASE = "https://api.livechatinc.com/v{version}/configuration/action"


def rows(*kinds: Kind) -> list[Rule]:
    """The rows of the step that act by default."""
    return [rule for rule in STEP.rules if rule.kind in kinds and rule.active]


METHODS = rows(Kind.RENAME_METHOD)
WEBHOOKS = rows(Kind.RENAME_WEBHOOK)
REMOVED_WEBHOOKS = rows(Kind.REMOVE_WEBHOOK)
REMOVED_PARAMETERS = [rule for rule in rows(Kind.REMOVE_KEY) if rule.where[0].document == "request"]
REMOVED_FIELDS = [rule for rule in rows(Kind.REMOVE_KEY) if rule.where[0].document == "webhook"]
BEHAVIOUR = rows(Kind.BEHAVIOUR)
SCOPES = rows(Kind.SCOPE)
NEW_NAMES = {rule.old: rule.new for rule in METHODS + WEBHOOKS}


def ids(rule: Rule) -> str:
    return rule.id


METHOD_MODULES = {
    "in a URL": 'import requests\n\n\ndef call(body):\n    return requests.post("{base}/{name}", json=body)\n',
    "behind a base": 'import requests\n\nBASE = "{base}"\n\n\ndef call(body):\n    return requests.post(f"{{BASE}}/{name}", json=body)\n',
    "to a wrapper": 'import requests\n\n\ndef call(name, body=None):\n    return requests.post("{base}/" + name, json=body)\n\n\ncall("{name}")\n',
    "on a client": 'from livechat.configuration import ConfigurationApi\n\nClient = ConfigurationApi\nClient("t", version="{version}").{name}()\n',
}
WEBHOOK_MODULES = {
    "compared": 'def receive(hook):\n    assert hook["secret_key"]\n    return hook["action"] == "{name}"\n',
    "matched": 'def receive(hook):\n    match hook:\n        case {{"webhook_id": _, "secret_key": _, "action": "{name}"}}:\n            return 1\n',
    "in a table": 'HANDLERS = {{"{name}": print}}\n\n\ndef receive(hook):\n    assert hook["secret_key"]\n    HANDLERS[hook["action"]](hook)\n',
    "registered": 'import requests\n\nrequests.post("{base}/register_webhook", json={{"action": "{name}", "url": "u", "secret_key": "s"}})\n',
    "in a fixture": 'HOOK = {{"webhook_id": "w", "secret_key": "s", "action": "{name}", "payload": {{}}}}\n',
}
UNKNOWN_MODULES = {
    "method": "def call(api):\n    return api.{name}()\n",
    "string": 'NAME = "{name}"\nprint({{"{name}": 1}}, ["{name}"])\n',
    "comparison": 'def receive(event):\n    return event["kind"] == "{name}"\n',
    "definition": "class Forum:\n    def {name}(self):\n        return self.{name}\n",
    "address": 'import requests\n\nrequests.post("https://api.example.com/v3.1/configuration/action/{name}")\n',
}


def filled(module: str, name: str, version: str) -> str:
    return module.format(name=name, version=version, base=BASE.format(version=version))


def both(module: str, rule: Rule) -> tuple[str, str]:
    """The module with the old name at the old version, and with the new name at the new one."""
    assert rule.old
    assert rule.new
    return filled(module, rule.old, str(STEP.source)), filled(module, rule.new, str(STEP.target))


def modules(**kinds: list[Rule]) -> list[object]:
    shapes = {"method": METHOD_MODULES, "webhook": WEBHOOK_MODULES}
    return [
        pytest.param(rule, module, id=f"{rule.id} {shape}")
        for kind, found in kinds.items()
        for rule in found
        for shape, module in shapes[kind].items()
    ]


RENAMES = modules(method=METHODS, webhook=WEBHOOKS)


@pytest.mark.parametrize(("rule", "module"), RENAMES)
def test_before_becomes_after(rule, module):
    before, after = both(module, rule)
    assert text_of(migrated(before).after) == after


@pytest.mark.parametrize(("rule", "module"), RENAMES)
def test_after_is_left_alone(rule, module):
    _, after = both(module, rule)
    result = migrated(after, unsafe=True)
    assert text_of(result.after) == after
    assert {finding.applicability for finding in result.findings} <= {Applicability.MANUAL}


@pytest.mark.parametrize(("rule", "module"), RENAMES)
def test_the_whole_table_gives_the_same_result_as_the_row_alone(rule, module):
    before, after = both(module, rule)
    alone = migrated(before, select=(rule.id, VERSION.id))
    assert text_of(alone.after) == after
    assert {finding.rule for finding in alone.findings} <= {rule.id, VERSION.id}
    mine = [place for place in places(migrated(before)) if place[0] in (rule.id, VERSION.id)]
    assert places(alone) == mine


@pytest.mark.parametrize(("rule", "module"), RENAMES)
def test_without_the_row_the_name_stays(rule, module):
    before, after = both(module, rule)
    left = text_of(migrated(before, ignore=(rule.id,)).after)
    assert left == filled(module, rule.old, str(STEP.target))
    assert left != after


@pytest.mark.parametrize("shape", UNKNOWN_MODULES)
@pytest.mark.parametrize("rule", METHODS + WEBHOOKS + REMOVED_WEBHOOKS + BEHAVIOUR, ids=ids)
def test_an_unknown_receiver_is_left_alone(rule, shape):
    source = filled(UNKNOWN_MODULES[shape], rule.old, str(STEP.source))
    for unsafe in (False, True):
        result = migrated(source, unsafe=unsafe)
        assert text_of(result.after) == source
        assert places(result) == []


def test_all_methods_in_one_module_are_renamed_at_once():
    module = "import requests\n\nBASE = '{base}/'\n" + "".join(
        f"requests.post(BASE + '{rule.old}')\n" for rule in METHODS
    )
    before = module.format(base=BASE.format(version="3.1"))
    after = before.replace("v3.1", "v3.2")
    for rule in METHODS:
        after = after.replace(f"'{rule.old}'", f"'{rule.new}'")
    assert text_of(migrated(before).after) == after


def test_all_webhooks_in_one_module_are_renamed_at_once():
    keys = "".join(f'    "{{{rule.id}}}": print,\n' for rule in WEBHOOKS)
    module = f'HANDLERS = {{{{\n{keys}}}}}\n\n\ndef receive(hook):\n    assert hook["secret_key"]\n    HANDLERS[hook["action"]](hook)\n'
    before = module.format(**{rule.id: rule.old for rule in WEBHOOKS})
    assert text_of(migrated(before).after) == module.format(**{rule.id: rule.new for rule in WEBHOOKS})


PARAMETERS = {
    "in a dict": (
        'import requests\n\n\ndef call(value):\n{comment}    requests.post("{base}/{name}", json={{"id": 1{key}}})\n',
        ', "{old}": value',
    ),
    "in keywords": (
        "from livechat.configuration import ConfigurationApi\n\n\ndef call(api: ConfigurationApi, value):\n"
        "{comment}    api.{name}(id=1{key})\n",
        ", {old}=value",
    ),
}


@pytest.mark.parametrize("shape", PARAMETERS)
@pytest.mark.parametrize("rule", REMOVED_PARAMETERS, ids=ids)
def test_a_parameter_is_removed_with_a_comment_that_names_the_follow_up(rule, shape):
    module, key = PARAMETERS[shape]
    method = rule.where[0].name
    before = module.format(comment="", base=BASE.format(version="3.1"), name=method, key=key.format(old=rule.old))
    comment = f"    # TODO(migrator {rule.id}): ...\n"
    after = module.format(comment=comment, base=BASE.format(version="3.2"), name=NEW_NAMES[method], key="")
    result = migrated(before)
    assert told_comments(text_of(result.after)) == after
    assert rule.follow_up.method in text_of(result.after)
    assert rule.id in {finding.rule for finding in result.applied}
    again = migrated(result.after)
    assert (rule.id, Applicability.MANUAL) in {(finding.rule, finding.applicability) for finding in again.findings}
    alone = migrated(before, select=(rule.id, VERSION.id, "method-*"))
    assert alone.after == result.after


@pytest.mark.parametrize("shape", PARAMETERS)
@pytest.mark.parametrize("rule", REMOVED_PARAMETERS, ids=ids)
def test_another_method_keeps_the_parameter(rule, shape):
    module, key = PARAMETERS[shape]
    source = module.format(
        comment="", base=BASE.format(version="3.2"), name="register_webhook", key=key.format(old=rule.old)
    )
    assert text_of(migrated(source).after) == source


@pytest.mark.parametrize("rule", REMOVED_FIELDS, ids=ids)
def test_a_field_that_is_no_longer_sent_is_shown_in_each_handler(rule):
    assert rule.where
    for place in rule.where:
        *parents, last = place.path.removeprefix("$.").split(".")
        read = "hook" + "".join(f'["{key}"]' for key in (*parents, last))
        source = (
            'def receive(hook):\n    assert hook["secret_key"]\n'
            f'    if hook["action"] == "{place.name}":\n        print({read})\n'
        )
        shown = [f for f in migrated(source).findings if f.rule == rule.id]
        assert [(finding.line, finding.applicability) for finding in shown] == [(4, Applicability.MANUAL)]
        after = migrated(source).after
        assert [f.line for f in migrated(after).findings if f.rule == rule.id] == [4], "still there after the migration"


@pytest.mark.parametrize("shape", WEBHOOK_MODULES)
@pytest.mark.parametrize("rule", REMOVED_WEBHOOKS, ids=ids)
def test_a_removed_webhook_is_shown_and_never_renamed(rule, shape):
    source = filled(WEBHOOK_MODULES[shape], rule.old, "3.2")
    result = migrated(source, unsafe=True)
    assert text_of(result.after) == source
    assert (rule.id, Applicability.MANUAL) in {(finding.rule, finding.applicability) for finding in result.findings}


@pytest.mark.parametrize("shape", METHOD_MODULES)
@pytest.mark.parametrize("rule", BEHAVIOUR, ids=ids)
def test_a_change_of_behaviour_is_shown_once_at_each_call_until_it_is_answered(rule, shape):
    saying = {rule.id, *(row.id for row in STEP.rules if row.follow_up and row.follow_up.method in rule.answered_by)}
    for name in (rule.old, NEW_NAMES[rule.old]):
        source = filled(METHOD_MODULES[shape], name, "3.2" if name != rule.old else "3.1")
        shown = [finding.applicability for finding in migrated(source).findings if finding.rule in saying]
        assert shown == [Applicability.MANUAL]
        answered = f"{source}\n\ndef answer(agent, bot):\n    agent.{rule.answered_by[0]}(agent_id=bot)\n"
        assert rule.id not in {finding.rule for finding in migrated(answered).findings}


@pytest.mark.parametrize("rule", SCOPES, ids=ids)
def test_a_scope_is_shown_where_the_api_is_spoken_to(rule):
    source = (
        f'import requests\n\nSCOPE = "{rule.new}"\nrequests.post("{BASE.format(version="3.2")}/list_bots", json={{}})\n'
    )
    shown = [(f.line, f.applicability) for f in migrated(source).findings if f.rule == rule.id]
    assert shown == [(3, Applicability.MANUAL)]


@pytest.mark.parametrize("rule", [rule for rule in STEP.rules if not rule.active and rule.old], ids=ids)
def test_a_row_of_the_reference_alone_changes_nothing_by_default(rule):
    for module in WEBHOOK_MODULES.values():
        source = filled(module, rule.old, "3.2")
        result = migrated(source)
        assert text_of(result.after) == source
        assert rule.id not in {finding.rule for finding in result.applied}


def test_no_row_goes_without_a_proof():
    proven = {
        rule.id
        for rule in [*METHODS, *WEBHOOKS, *REMOVED_WEBHOOKS, *REMOVED_PARAMETERS, *REMOVED_FIELDS, *BEHAVIOUR, *SCOPES]
    }
    assert {rule.id for rule in STEP.rules if rule.active} - proven == {VERSION.id}
