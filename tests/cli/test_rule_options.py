"""Which rules, versions and APIs take part."""

import pytest

from calls import BEFORE
from migrator.cli.exit_codes import Exit
from planted import plant

METHOD, VERSION = "method-get-bot-agents", "version-3.2"
TOY = "import requests\n\nrequests.get('https://toys.test/v1/do/old_toy')\n"


def found(document, *arguments):
    return sorted({finding["rule"] for finding in document("audit", *arguments)["findings"]})


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        (["--select", METHOD], [METHOD]),
        (["--select", f"{METHOD},{VERSION}"], [METHOD, VERSION]),
        (["--select", METHOD, "--select", VERSION], [METHOD, VERSION]),
        (["--select", " method-* , version-*"], [METHOD, VERSION]),
        (["--ignore", METHOD], [VERSION]),
        (["--ignore", "version-*"], [METHOD]),
        (["--select", "*", "--ignore", METHOD], [VERSION]),
    ],
)
def test_rules_are_chosen_by_id_or_glob(here, document, arguments, rules):
    plant(here, {"a.py": BEFORE})
    assert found(document, *arguments) == rules


@pytest.mark.parametrize("command", ["codemod", "audit"])
@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("method-get-bot-agent", "did you mean method-get-bot-agents"),
        ("xyz", "`migrator rules` lists all rules"),
        ("xyz-*", "there is no rule 'xyz-*'"),
        (f"{METHOD},Version-3.2", "there is no rule 'Version-3.2'; did you mean version-3.2"),
    ],
)
def test_a_name_that_no_rule_has_is_an_error_that_names_close_ones(run, command, option, name, says):
    result = run(command, option, name)
    assert (result.exit_code, says in result.stderr) == (Exit.USAGE, True)


@pytest.mark.parametrize(
    "arguments", [["--ignore", "*"], ["--select", METHOD, "--ignore", METHOD], ["--select", METHOD, "--to", "3.1"]]
)
def test_a_choice_that_leaves_no_rule_is_an_error_because_a_clean_result_would_claim_too_much(run, arguments):
    result = run("audit", *arguments)
    assert (result.exit_code, "No rule of these versions is selected" in result.stderr) == (Exit.USAGE, True)


def url(version):
    return f'requests.post("https://api.livechatinc.com/v{version}/configuration/action/get_bot_agents")\n'


HOOK = """
def receive(hook):
    if hook["secret_key"] == KEY and hook["action"] == "thread_closed":
        hook["data"]
"""


@pytest.mark.parametrize(
    ("files", "first"),
    [
        ({"a.py": url("3.0")}, "3.0"),
        ({"a.py": url("3.1")}, "3.1"),
        ({"a.py": url("3.1"), "b.py": url("3.0")}, "3.0"),
        ({"a.py": url("3.2"), "b.py": HOOK}, "3.1"),
        ({"b.py": HOOK}, "3.0"),
        ({"a.py": url("3.1"), "b.py": HOOK}, "3.1"),
        ({"a.py": url("3.1"), "b.py": HOOK + 'OLDER = "3.0"\n'}, "3.0"),
        ({"a.py": url("3.1") + url("3.0").replace("api.livechatinc", "api.example")}, "3.0"),
        ({"a.py": url("3.1"), "b.py": 'TIMEOUT = 13.0, "3.0.1"\n' + HOOK}, "3.1"),
    ],
)
@pytest.mark.parametrize("command", ["audit", "codemod"])
def test_without_versions_the_urls_say_where_the_code_stands(here, document, command, files, first):
    plant(here, files)
    told = document(command)
    assert told["summary"]["steps"] == [{"api": "livechat-configuration", "from": first, "to": "3.2"}]
    old_key = [f["path"] for f in told["findings"] if f["old"] == "data"]
    assert old_key == (["b.py"] if first == "3.0" and "b.py" in files and HOOK in files["b.py"] else [])


def test_a_chosen_version_is_kept_whatever_the_urls_say(here, document):
    plant(here, {"a.py": url("3.1"), "b.py": HOOK})
    told = document("audit", "--from", "3.0")
    assert (told["summary"]["steps"][0]["from"], "data" in {f["old"] for f in told["findings"]}) == ("3.0", True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--from", "9.9"], "version 9.9 is not in the table (known: 3.0, 3.1, 3.2)"),
        (["--to", "next"], "version next is not in the table"),
        (["--from", "3.2", "--to", "3.1"], "there is no step from 3.2 up to 3.1; use --reverse to migrate down"),
        (["--from", "3.1", "--to", "3.1"], "there is no step from 3.1 up to 3.1"),
        (["--api", "livechat"], "there is no API 'livechat'; did you mean livechat-configuration?"),
        (["--rules", "nowhere"], "nowhere: there is no such folder"),
        (["nowhere.py"], "'nowhere.py' does not exist"),
    ],
)
def test_what_does_not_exist_is_a_usage_error_without_a_traceback(run, arguments, says):
    result = run("codemod", *arguments)
    assert (result.exit_code, says in result.stderr, "Traceback" in result.stderr) == (Exit.USAGE, True, False)


def test_a_broken_table_is_told_with_every_defect_and_the_way_out(here, run, table):
    file = table(here / "tables") / "1-2.toml"
    file.write_text(file.read_text().replace('"rename_method"', '"rename"').replace('to = "2"', "to = 2.0"))
    result = run("codemod", "--rules", "tables")
    assert result.exit_code == Exit.USAGE
    assert result.stderr.startswith("Error: tables/1-2.toml: ")
    assert result.stderr.count("hint: ") == 2


def test_a_table_of_another_api_is_followed_beside_the_shipped_one(here, run, table):
    table(here / "tables")
    plant(here, {"a.py": BEFORE, "b.py": TOY})
    result = run("codemod", "--rules", "tables", "--write")
    assert "Toys 1 to 2" in result.stdout
    assert (here / "b.py").read_text() == TOY.replace("v1/do/old_toy", "v2/do/new_toy")
    assert "list_bots" in (here / "a.py").read_text()


def test_one_api_can_be_asked_for_alone(here, run, table):
    table(here / "tables")
    plant(here, {"a.py": BEFORE, "b.py": TOY})
    run("codemod", "--rules", "tables", "--api", "toys", "--write")
    assert ("new_toy" in (here / "b.py").read_text(), (here / "a.py").read_text()) == (True, BEFORE)
