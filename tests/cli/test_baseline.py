"""``migrator audit --baseline``: what is known is not said again, and what is gone is."""

from __future__ import annotations

import json
import os
import stat

import pytest

from calls import AFTER, BEFORE, BOTS, BROKEN, LEFT, OTHER
from migrator.cli.baseline.baseline_options import NAME
from migrator.cli.exit_codes import Exit
from planted import plant


@pytest.fixture
def project(here):
    """A project with two known places in each of two files."""
    return plant(here, {"pyproject.toml": "", "a.py": BEFORE, "deep/b.py": BEFORE})


@pytest.fixture
def known(project, run):
    """The project with its baseline written; the file."""
    assert run("audit", "--write-baseline").exit_code == Exit.CLEAN
    return project / NAME


def rows(file):
    """The rows of a baseline: path and rule."""
    return [tuple(row[:2]) for row in json.loads(file.read_text("ascii"))[1:]]


def found(document, *arguments):
    """The rules that are found in each file."""
    return sorted((finding["path"], finding["rule"]) for finding in document("audit", *arguments)["findings"])


def stale(document, *arguments):
    """The rows that hold nothing, by the file and the rule that they are about."""
    return [(row["file"], *row["rules"]) for row in document("audit", *arguments)["stale"]]


METHOD, VERSION = "method-get-bot-agents", "version-3.2"
BOTH = [("a.py", METHOD), ("a.py", VERSION), ("deep/b.py", METHOD), ("deep/b.py", VERSION)]


def test_what_was_written_down_is_found_no_more(known, run, document):
    assert rows(known) == BOTH
    assert found(document) == []
    assert run("audit").exit_code == Exit.CLEAN
    assert run("audit", "--no-baseline").exit_code == Exit.FINDINGS


def test_writing_says_where_and_how_much(project, run):
    assert f"note: {NAME}: 4 findings recorded, 4 of them new; 0 removed\n" in run("audit", "--write-baseline").stderr
    (project / "a.py").unlink()
    assert f"note: {NAME}: 2 findings recorded, 0 of them new; 2 removed\n" in run("audit", "--write-baseline").stderr


def test_the_baseline_of_the_project_is_used_from_below_and_from_outside(known, document, monkeypatch):
    monkeypatch.chdir(known.parent / "deep")
    assert found(document, "b.py") == []
    monkeypatch.chdir(known.parent.parent)
    assert found(document, str(known.parent)) == []


def test_a_new_place_is_found_and_the_known_ones_are_not(known, run, document):
    plant(known.parent, {"a.py": BEFORE + BOTS, "c.py": LEFT})
    assert found(document) == [("a.py", METHOD), ("a.py", VERSION), ("c.py", METHOD)]
    assert run("audit").exit_code == Exit.FINDINGS


def test_a_place_that_moved_is_known_and_one_in_a_renamed_file_is_not(known, document):
    plant(known.parent, {"a.py": "import os\nimport requests\n\n\ndef f():\n    " + BOTS})
    (known.parent / "deep/b.py").rename(known.parent / "deep/c.py")
    assert found(document) == [("deep/c.py", METHOD), ("deep/c.py", VERSION)]
    assert stale(document) == BOTH[2:]


def test_a_row_whose_place_is_gone_is_a_finding_with_its_line(known, run, document):
    plant(known.parent, {"a.py": AFTER})
    (row, _) = document("audit")["stale"]
    assert (row["path"], row["line"], row["file"], row["rules"]) == (NAME, 2, "a.py", [METHOD])
    result = run("audit")
    assert result.exit_code == Exit.FINDINGS
    assert f"stale baseline entry: a.py no longer contains {METHOD}" in result.output
    assert f"Unused suppressions (2)\n  {NAME}:2: " in result.output
    assert "\n  `migrator audit --write-baseline` removes stale entries from the baseline.\n" in result.output


def test_a_row_is_judged_only_where_its_file_was_searched_and_its_rule_takes_part(known, run, document):
    plant(known.parent, {"a.py": AFTER})
    assert stale(document, "deep") == []
    assert stale(document, "--exclude", "a.py") == []
    assert stale(document, "--select", VERSION) == [("a.py", VERSION)]
    assert stale(document, "--to", "3.1") == []
    assert run("audit", "deep").exit_code == Exit.CLEAN


def test_a_file_that_is_gone_leaves_stale_rows_below_the_given_folders(known, document):
    (known.parent / "deep/b.py").unlink()
    assert stale(document) == stale(document, "deep") == BOTH[2:]
    assert stale(document, "a.py") == []


def test_a_file_that_cannot_be_understood_keeps_its_rows(known, run, document):
    plant(known.parent, {"a.py": BROKEN})
    assert stale(document) == []
    assert run("audit", "--write-baseline").exit_code == Exit.UNREAD
    assert rows(known) == BOTH


def test_writing_for_some_paths_rewrites_the_rows_of_their_files_only(known, run):
    plant(known.parent, {"a.py": AFTER, "deep/b.py": OTHER, "deep/c.py": LEFT})
    run("audit", "deep", "--write-baseline")
    assert rows(known) == [*BOTH[:2], ("deep/c.py", METHOD)]


def test_writing_forgets_files_that_are_gone_wherever_they_were(known, run):
    (known.parent / "a.py").unlink()
    run("audit", "deep", "--write-baseline")
    assert rows(known) == BOTH[2:]


def test_writing_for_some_rules_rewrites_their_rows_only(known, run):
    plant(known.parent, {"a.py": AFTER})
    run("audit", "--select", METHOD, "--write-baseline")
    assert rows(known) == [("a.py", VERSION), *BOTH[2:]]


def test_writing_twice_changes_nothing(known, run):
    before, time = known.read_bytes(), known.stat().st_mtime_ns
    run("audit", "--write-baseline")
    run("audit", "deep", "--write-baseline")
    assert (known.read_bytes(), known.stat().st_mtime_ns) == (before, time)


def test_the_file_holds_no_code_and_is_readable_by_others(known):
    text = known.read_text("ascii")
    assert "requests" not in text
    assert "livechatinc.com" not in text
    mask = os.umask(0)
    os.umask(mask)
    assert os.name == "nt" or stat.S_IMODE(known.stat().st_mode) == 0o666 & ~mask


def test_nothing_but_the_baseline_is_left_behind(known):
    assert sorted(path.name for path in known.parent.iterdir()) == [NAME, "a.py", "deep", "pyproject.toml"]


def test_another_file_can_be_named_and_rows_count_from_its_folder(project, run, document):
    run("audit", "deep", "--baseline", "deep/known.json", "--write-baseline")
    assert rows(project / "deep/known.json") == [("b.py", METHOD), ("b.py", VERSION)]
    assert found(document, "--baseline", "deep/known.json") == BOTH[:2]
    assert not (project / NAME).exists()


def test_the_settings_name_a_file_in_their_folder(project, run, document, monkeypatch):
    plant(project, {"pyproject.toml": '[tool.migrator]\nbaseline = "etc/known.json"\n', "etc/x": ""})
    result = run("audit")
    assert (result.exit_code, f"etc{os.sep}known.json: no such file" in result.stderr) == (Exit.USAGE, True)
    monkeypatch.chdir(project / "deep")
    run("audit", "..", "--write-baseline")
    assert len(rows(project / "etc/known.json")) == 4
    assert found(document, "..") == []


@pytest.mark.parametrize("file", ["no.json", "no/no.json"])
def test_a_baseline_that_is_missing_is_an_error(run, file):
    result = run("audit", "--baseline", file)
    assert result.exit_code == Exit.USAGE
    assert f"{file}: no such file; create it with --write-baseline" in result.stderr


@pytest.mark.parametrize("also", [[], ["--write-baseline"]])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[{"migrator-baseline": 1}\n,["a.py"]\n]\n', "known.json:2: /1 must be a list of four strings"),
        ('[{"migrator-baseline": 9}]', "known.json:1: format 9 is newer than 1"),
        ('{"keep": "me"}\n', "known.json: not a baseline of migrator"),
    ],
)
def test_a_file_that_is_no_baseline_is_an_error_and_is_not_written_over(project, run, text, says, also):
    plant(project, {"known.json": text})
    result = run("audit", "--baseline", "known.json", *also)
    assert result.exit_code == Exit.USAGE
    assert says in result.stderr
    assert (project / "known.json").read_text() == text


@pytest.mark.usefixtures("project")
def test_a_folder_is_no_baseline(run):
    assert run("audit", "--baseline", "deep", "--write-baseline").exit_code == Exit.USAGE


@pytest.mark.usefixtures("project")
def test_a_baseline_that_cannot_be_written_is_an_error(run):
    result = run("audit", "--baseline", "no/such/folder.json", "--write-baseline")
    assert result.exit_code == Exit.USAGE
    assert "folder.json: cannot be written: " in result.stderr


@pytest.mark.parametrize("other", [["--write-baseline"], ["--baseline", "x.json"]])
def test_using_none_goes_with_no_other_option(run, other):
    assert run("audit", "--no-baseline", *other).exit_code == Exit.USAGE


@pytest.mark.usefixtures("known")
def test_the_ledger_still_accounts_for_what_is_known(document):
    states = document("audit")["ledger"]["states"]
    assert states == document("audit", "--no-baseline")["ledger"]["states"]


def test_the_codemod_does_not_ask_the_baseline(known, run):
    run("codemod", "--write")
    assert (known.parent / "a.py").read_text() == AFTER


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be")
def test_a_file_with_a_name_of_strange_characters_is_known_too(here, run, document):
    strange = [os.fsdecode(b"caf\xe9.py"), 'a"b\n.py', " .py"]
    plant(here, {"pyproject.toml": "", **dict.fromkeys(strange, LEFT)})
    run("audit", "--write-baseline")
    assert len(rows(here / NAME)) == 3
    assert found(document) == []


@pytest.mark.usefixtures("known")
def test_what_is_known_is_counted(run, document):
    summary = document("audit")["summary"]["findings"]
    assert (summary["total"], summary["known"]) == (0, 4)
    assert "4 more findings are in the baseline." in run("audit").stdout


def test_what_is_known_is_counted_apart_from_what_could_not_be_read(known, run):
    plant(known.parent, {"c.py": BROKEN})
    shown = run("audit").stdout
    assert (
        "\n  `--exclude PATTERN` skips files that need not be searched.\n\n4 more findings are in the baseline.\n"
        in shown
    )
