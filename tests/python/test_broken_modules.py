"""One bad module never stops the others."""

# ruff: noqa: E501 - the sources under test are as long as they are

from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files
from verbs import shipped

GOOD = b'import requests\n\nrequests.post("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents", json={})\n'


def test_a_module_that_does_not_parse_is_named_and_the_others_are_migrated():
    bad = b"print 'get_bot_agents'\n"
    results = {
        result.path: result
        for result in migrate_files({"good.py": GOOD, "bad.py": bad}, Options(chains=shipped().chains("3.1", "3.2")))
    }
    assert b"list_bots" in results["good.py"].after
    assert results["good.py"].error is None
    assert results["bad.py"].error is not None
    assert results["bad.py"].after == bad


def test_a_module_that_imports_a_broken_one_is_still_migrated():
    files = {"good.py": b"from bad import helper\n" + GOOD, "bad.py": b"def helper(:\n"}
    results = {result.path: result for result in migrate_files(files, Options(chains=shipped().chains("3.1", "3.2")))}
    assert b"list_bots" in results["good.py"].after
