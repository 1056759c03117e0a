"""``migrator audit``: the findings of the codemod, without its edits."""

import pytest

from calls import AFTER, BEFORE, BROKEN, LEFT, OTHER
from migrator.cli.exit_codes import Exit
from planted import plant


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, Exit.CLEAN),
        ({"a.py": OTHER}, Exit.CLEAN),
        ({"a.py": AFTER}, Exit.CLEAN),
        ({"a.py": BEFORE}, Exit.FINDINGS),
        ({"a.py": LEFT}, Exit.FINDINGS),
        ({"a.py": BROKEN}, Exit.UNREAD),
        ({"a.py": BEFORE, "b.py": BROKEN}, Exit.UNREAD),
    ],
)
def test_the_exit_code_says_whether_there_is_anything_to_find(here, run, files, code):
    plant(here, files)
    assert run("audit").exit_code == code


def test_nothing_is_written(here, run):
    plant(here, {"a.py": BEFORE})
    run("audit", "--unsafe")
    assert (here / "a.py").read_text() == BEFORE


def test_each_place_is_shown_with_how_far_its_edit_can_be_trusted(here, run):
    plant(here, {"a.py": BEFORE, "b.py": LEFT})
    lines = run("audit").stdout.splitlines()
    at = lines.index("method-get-bot-agents (2 findings, 1 automatic)")
    assert "  a.py:3:70: [safe]" in lines[at:]
    assert "  b.py:3:65: [manual]" in lines[at:]
    assert lines[-1] == "3 findings in 2 files: 2 automatic (`migrator codemod --write`), 1 manual."


def test_the_findings_are_those_of_the_codemod(here, document):
    plant(here, {"a.py": BEFORE, "b.py": LEFT, "c/d.py": BEFORE})
    assert document("audit")["findings"] == document("codemod")["findings"] != []


@pytest.mark.parametrize("option", ["--write", "--check", "--diff"])
def test_it_has_no_option_to_change_anything(run, option):
    assert run("audit", option).exit_code == Exit.USAGE
