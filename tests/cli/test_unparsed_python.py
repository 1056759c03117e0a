"""Python that does not parse is searched as text: old names are manual where the file or its neighbour has a URL."""

from migrator.cli.exit_codes import Exit
from planted import plant

URL = 'BASE = "https://api.livechatinc.com/v3.1/configuration/action"\n'
PYTHON2 = f'import urllib2\n\n{URL}print "bots", urllib2.urlopen(BASE + "/get_bot_agents")\nget_bot_agents_count = 1\n'
TEMPLATE = (
    "import requests\nfrom base import BASE\n\n{{% if x %}}\nrequests.post(BASE + '/get_bot_agents')\n{{% endif %}}\n"
)
FOREIGN = 'print "bots", api.get_bot_agents()\n'


def found(document, *arguments):
    told = document("audit", *arguments)
    return [(f["path"], f["line"], f["old"], f["applicability"]) for f in told["findings"] if f["old"] != "3.1"]


def test_an_old_name_beside_a_url_of_the_api_is_manual_with_its_line(here, document):
    plant(here, {"old.py": PYTHON2})
    assert found(document) == [("old.py", 4, "get_bot_agents", "manual")]


def test_a_url_in_a_file_that_it_imports_is_evidence(here, document):
    plant(here, {"base.py": URL, "bots.py": TEMPLATE})
    assert found(document) == [("bots.py", 5, "get_bot_agents", "manual")]
    (here / "base.py").write_text('BASE = "https://example.com"\n')
    assert found(document) == []


def test_the_file_is_listed_as_unread_all_the_same(here, run, document):
    plant(here, {"old.py": PYTHON2})
    assert run("audit").exit_code == Exit.UNREAD
    assert run("codemod").exit_code == Exit.UNREAD
    assert [error["path"] for error in document("audit")["errors"]] == ["old.py"]


def test_names_without_evidence_are_not_found(here, document):
    plant(here, {"foreign.py": FOREIGN})
    assert found(document) == []


def test_a_comment_suppresses_a_finding_in_text(here, document):
    plant(here, {"old.py": PYTHON2.replace('get_bot_agents")', 'get_bot_agents")  # migrator: ignore')})
    assert found(document) == []


def test_the_ledger_accounts_for_every_name_in_it(here, document):
    plant(here, {"old.py": PYTHON2})
    (file,) = document("audit", "--ledger")["ledger"]["files"]
    assert [(each["line"], each["state"]) for each in file["occurrences"]] == [(4, "manual"), (5, "longer_name")]


def test_explain_names_the_finding(here, run):
    plant(here, {"old.py": PYTHON2})
    assert "method-get-bot-agents" in run("explain", "old.py:4").stdout
