"""``migrator codemod``: a dry run, what it writes, and what it says."""

import os
import shutil
import stat
import subprocess

import pytest
from click import Abort
from click.testing import CliRunner

from calls import AFTER, BEFORE, BOTS, BOTS_AFTER, BROKEN, LEFT, OTHER
from migrator.cli.codemod import codemod
from migrator.cli.exit_codes import Exit
from migrator.files.atomic_write import replace_file
from planted import plant
from unprivileged import unprivileged


def content(folder):
    """Every file below a folder, by its name, but for what migrator keeps."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_a_dry_run_shows_the_diff_and_writes_nothing(here, run):
    plant(here, {"app/bots.py": BEFORE, "other.py": OTHER})
    before = content(here)
    result = run("codemod")
    assert result.exit_code == Exit.CLEAN
    assert "--- ./app/bots.py\n+++ ./app/bots.py\n@@ " in result.stdout
    assert f"-{BOTS}+{BOTS_AFTER}" in result.stdout
    assert result.stdout.endswith("Dry run: nothing was written; --write would apply 2 edits in 1 file.\n")
    assert content(here) == before


def test_the_comments_that_edits_leave_are_counted(here, run):
    body = 'json={"id": "x", "status": "offline"}'
    plant(here, {"app.py": BEFORE.replace("get_bot_agents", "update_bot_agent").replace("json={}", body)})
    assert body in content(here)["app.py"].decode()
    told = run("codemod", "--write").stdout
    assert told.endswith("Applied 3 edits in 1 file. 1 TODO comment among them says what is left to do.\n")


def test_write_changes_the_files_names_them_and_shows_no_diff(here, run):
    plant(here, {"app/bots.py": BEFORE, "other.py": OTHER})
    result = run("codemod", "--write")
    assert result.exit_code == Exit.CLEAN
    assert content(here) == {"app/bots.py": AFTER.encode(), "other.py": OTHER.encode()}
    assert "  edited app/bots.py (2 edits)\n" in result.stdout
    assert result.stdout.endswith("Applied 2 edits in 1 file.\n")
    assert "+++" not in result.stdout


def test_a_second_run_finds_nothing_to_do(here, run):
    plant(here, {"bots.py": BEFORE})
    run("codemod", "--write")
    result = run("codemod", "--check")
    assert (result.exit_code, "nothing found" in result.stdout) == (Exit.CLEAN, True)


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [((), True), (("--diff",), True), (("--no-diff",), False), (("--write",), False), (("--write", "--diff"), True)],
)
def test_the_diff_is_shown_in_a_dry_run_or_when_it_is_asked_for(here, run, arguments, shown):
    plant(here, {"bots.py": BEFORE})
    assert ("+++ ./bots.py" in run("codemod", *arguments).stdout) is shown


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.py": OTHER}, Exit.CLEAN),
        ({"a.py": BEFORE}, Exit.FINDINGS),
        ({"a.py": LEFT}, Exit.FINDINGS),
        ({"a.py": AFTER}, Exit.CLEAN),
        ({"a.py": BEFORE, "b.py": BROKEN}, Exit.UNREAD),
    ],
)
def test_check_asks_whether_anything_would_change_or_is_left(here, run, files, code):
    plant(here, files)
    before = content(here)
    assert run("codemod", "--check").exit_code == code
    assert content(here) == before


@pytest.mark.parametrize("arguments", [(), ("--write",)])
def test_without_check_pending_changes_are_no_failure(here, run, arguments):
    plant(here, {"a.py": BEFORE, "b.py": LEFT})
    assert run("codemod", *arguments).exit_code == Exit.CLEAN


def test_write_and_check_exclude_each_other(here, run):
    plant(here, {"a.py": BEFORE})
    result = run("codemod", "--write", "--check")
    assert (result.exit_code, "cannot be used together" in result.stderr) == (Exit.USAGE, True)
    assert content(here) == {"a.py": BEFORE.encode()}


def test_what_is_left_is_listed_with_place_advice_and_evidence(here, run):
    plant(here, {"a.py": LEFT})
    lines = run("codemod").stdout.splitlines()
    at = lines.index("Not edited")
    assert lines[at + 2] == "method-get-bot-agents: Call `list_bots`."
    assert lines[at + 3].startswith("  a.py:3:65: [manual] ")
    assert lines[at + 4].startswith("      because ")
    assert lines[-1] == "Dry run: there is nothing to edit. 1 finding left to edit by hand."


def test_a_table_counts_the_places_of_each_rule(here, run):
    plant(here, {"a.py": BEFORE + BOTS, "b.py": LEFT})
    assert run("codemod").stdout.split("\n\n")[-5].splitlines() == [
        "   edits    left  rule                   change",
        "       2       1  method-get-bot-agents  get_bot_agents -> list_bots",
        "       2       -  version-3.2            the version itself",
    ]


def test_a_file_that_is_no_python_is_named_with_its_line_and_the_others_go_on(here, run):
    plant(here, {"a.py": BROKEN, "b.py": BEFORE})
    result = run("codemod", "--write")
    assert result.exit_code == Exit.UNREAD
    assert result.stderr.startswith("error: a.py:1: ")
    assert content(here) == {"a.py": BROKEN.encode(), "b.py": AFTER.encode()}


def test_a_file_that_is_no_python_and_holds_no_old_name_is_not_parsed(here, run):
    plant(here, {"a.py": "print 'two'\n", "b.py": BEFORE})
    assert run("codemod").exit_code == Exit.CLEAN


def test_a_read_only_file_is_named_and_the_others_are_written(here, run):
    plant(here, {"a.py": BEFORE, "b.py": BEFORE})
    (here / "a.py").chmod(0o444)
    result = run("codemod", "--write")
    assert result.exit_code == Exit.UNREAD
    assert result.stderr.startswith(
        "error: a.py: not written: is read-only\nnote: a file with edits was left unchanged"
    )
    assert content(here) == {"a.py": BEFORE.encode(), "b.py": AFTER.encode()}
    assert "Applied 2 edits in 1 file. 2 findings left to edit by hand." in result.stdout


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_written(here, run):
    plant(here, {"a.py": BEFORE, "b.py": BEFORE})
    (here / "a.py").chmod(0)
    with unprivileged():
        result = run("codemod", "--write")
    assert (result.exit_code, result.stderr) == (Exit.UNREAD, "error: a.py: cannot be read: Permission denied\n")
    assert (here / "b.py").read_text() == AFTER


@pytest.mark.skipif(os.name == "nt", reason="mode bits and links of POSIX")
def test_mode_bits_and_links_survive(here, run):
    plant(here, {"bin/tool": "#!/usr/bin/env python\n" + BEFORE})
    (here / "bin/tool").chmod(0o755)
    (here / "tool.py").symlink_to("bin/tool")
    assert run("codemod", "--write").exit_code == Exit.CLEAN
    assert (here / "tool.py").is_symlink()
    assert (here / "bin/tool").read_text() == "#!/usr/bin/env python\n" + AFTER
    assert stat.S_IMODE((here / "bin/tool").stat().st_mode) == 0o755


def test_links_that_lead_out_are_told_and_are_no_failure(here, run):
    plant(here, {"outside.py": BEFORE, "given/own.py": OTHER})
    (here / "given/out.py").symlink_to("../outside.py")
    result = run("codemod", "given", "--write")
    assert (result.exit_code, (here / "outside.py").read_text()) == (Exit.CLEAN, BEFORE)
    assert result.stderr == "note: 1 link out of the given paths was not followed: given/out.py\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE.replace("\n", "\r\n").encode(), AFTER.replace("\n", "\r\n").encode()),
        (BEFORE.rstrip().encode(), AFTER.rstrip().encode()),
        (b"\xef\xbb\xbf" + BEFORE.encode(), b"\xef\xbb\xbf" + AFTER.encode()),
        (b"# coding: latin-1\n# \xe9\n" + BEFORE.encode(), b"# coding: latin-1\n# \xe9\n" + AFTER.encode()),
        (b"\x0c\nif 1:\n\t" + BOTS.encode(), b"\x0c\nif 1:\n\t" + BOTS_AFTER.encode()),
    ],
    ids=["crlf", "no newline at the end", "byte order mark", "latin-1", "form feed and tab"],
)
def test_every_byte_that_is_not_edited_stays(here, run, before, after):
    plant(here, {"a.py": before})
    run("codemod", "--write")
    assert (here / "a.py").read_bytes() == after


@pytest.mark.parametrize("tool", [["patch", "-p0"], ["git", "apply", "-"]], ids=" ".join)
def test_the_output_can_be_piped_to_a_tool_that_applies_it(here, run, process, tool, tmp_path_factory):
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    plant(
        here,
        {
            "a.py": BEFORE,
            "deep/folder/with blank.py": "# é\n" * 9 + BOTS + "# ü\n" * 9 + BOTS.rstrip(),
            "crlf.py": BEFORE.replace("\n", "\r\n"),
            "feed.py": "x = 1\x0c\n" + BOTS,
            "latin.py": "# coding: latin-1\n# é\n".encode("latin-1") + BEFORE.encode(),
            "naïve.py": BEFORE,
            "left.py": LEFT,
        },
    )
    elsewhere = plant(tmp_path_factory.mktemp("elsewhere"), content(here))
    subprocess.run(tool, input=process("codemod").stdout, cwd=elsewhere, check=True, capture_output=True)
    run("codemod", "--write")
    assert content(elsewhere) == content(here)
    assert (here / "a.py").read_text() == AFTER


def test_jobs_change_nothing_about_the_result(here, run):
    plant(here, {f"{number}.py": BEFORE for number in range(9)})
    assert run("codemod", "-j", "2").stdout == run("codemod", "-j", "1").stdout == run("codemod").stdout


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_a_number_of_jobs_is_at_least_one(run, jobs):
    assert run("codemod", "-j", jobs).exit_code == Exit.USAGE


def test_who_interrupts_the_writing_is_told_how_to_take_it_back(here, run, monkeypatch):
    plant(here, {"a.py": BEFORE, "b.py": BEFORE})

    def interrupted(path, *arguments):
        if path == "b.py":
            raise KeyboardInterrupt
        return replace_file(path, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr("migrator.files.atomic_write.replace_file", interrupted)
        result = CliRunner().invoke(codemod, ["--write"], standalone_mode=False)
    assert (type(result.exception), result.stdout) == (Abort, "")
    assert (
        result.stderr.strip()
        == "note: interrupted while writing; `migrator undo` restores the files that were written."
    )
    assert (here / "a.py").read_text() == AFTER
    assert run("undo").exit_code == Exit.CLEAN
    assert (here / "a.py").read_text() == BEFORE


def test_a_check_is_green_when_nothing_is_left_to_edit_and_the_rest_is_in_the_baseline(here, run):
    plant(here, {"pyproject.toml": "", "left.py": LEFT})
    assert run("codemod", "--check").exit_code == Exit.FINDINGS
    run("audit", "--write-baseline")
    checked = run("codemod", "--check")
    assert checked.exit_code == Exit.CLEAN
    assert "1 more finding is in the baseline." in checked.stdout
    assert run("codemod", "--check", "--no-baseline").exit_code == Exit.FINDINGS
    plant(here, {"new.py": LEFT})
    assert run("codemod", "--check").exit_code == Exit.FINDINGS


def test_an_edit_that_can_be_made_is_pending_though_the_baseline_records_it(here, run):
    plant(here, {"pyproject.toml": "", "a.py": BEFORE})
    run("audit", "--write-baseline")
    assert run("codemod", "--check").exit_code == Exit.FINDINGS


@pytest.mark.parametrize(
    ("code", "kinds"), [(BEFORE, {"any", "safe"}), (LEFT, {"any", "manual"})], ids=["to edit", "by hand"]
)
def test_fail_on_decides_what_a_check_fails_for(here, run, code, kinds):
    plant(here, {"pyproject.toml": "", "a.py": code})
    failing = {
        kind
        for kind in ("any", "safe", "manual", "never")
        if run("codemod", "--check", "--fail-on", kind).exit_code == Exit.FINDINGS
    }
    assert failing == kinds


@pytest.mark.usefixtures("here")
def test_a_baseline_without_a_check_is_refused(run):
    assert run("codemod", "--baseline", "known.json").exit_code == Exit.USAGE
