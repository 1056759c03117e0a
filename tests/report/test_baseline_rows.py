"""What a baseline holds, and what it does not: laws over files made up of places and of lines that are none."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.findings.finding import Applicability, Edit, FileResult, Finding
from migrator.report.baseline.baseline_file import BadBaseline, dump_baseline, parse_baseline
from migrator.report.baseline.known_findings import BaselineEntry, baseline_entries, remove_known, stale_entries
from migrator.report.run_result import RunResult

#: Old names, and the id of the rule that is about each.
RULES = {"old_one": "one", "old_two": "two"}
PLACES = ("old_one()", "f(old_one, old_two)", "  old_two('é')", "old_one(old_one)", "x = old_two")
OTHERS = ("", "   ", "y = 1", "def f():", "# ünrelated", "z = 2  # old")

place_lines = st.sampled_from(PLACES)
other_lines = st.sampled_from(OTHERS)
files = st.lists(st.one_of(place_lines, other_lines), max_size=12)


def result_of(lines, path="a.py", newline="\n"):
    """A file in which every old name is a place."""
    findings, byte = [], 0
    for number, line in enumerate(lines, 1):
        for match in re.finditer("|".join(RULES), line):
            start = byte + len(line[: match.start()].encode())
            edit = Edit(start, start + len(match[0]), b"new")
            findings.append(finding(path, number, match.start() + 1, match[0], edit))
        byte += len((line + newline).encode())
    raw = "".join(line + newline for line in lines).encode()
    after = re.sub(rb"old_(one|two)", b"new", raw)
    return FileResult(path, raw, after, tuple(findings), tuple(findings))


def finding(path, line, column, name, *edits):
    """A place of one name on one line."""
    where = (path, line, column, line, column + len(name))
    return Finding(RULES[name], "rename_method", *where, name, "new", Applicability.SAFE, (), "", "", edits)


def run_of(lines, path="a.py"):
    """A run over one file."""
    return RunResult((), 1, (result_of(lines, path),))


def name(path):
    """Each file is called as it is."""
    return path


def told(run):
    """What tells the places of a run apart, by a plain look at their lines."""
    (result,) = run.results
    lines = result.before.decode().split("\n")
    return [(each.rule, " ".join(lines[each.line - 1].split()), each.column) for each in run.findings]


@given(files, st.data())
def test_a_baseline_does_not_see_unrelated_lines_come_and_go(lines, data):
    rows = baseline_entries(run_of(lines), name)
    kept = [line for line in lines if line in PLACES or data.draw(st.booleans())]
    for _ in range(data.draw(st.integers(0, 5))):
        kept.insert(data.draw(st.integers(0, len(kept))), data.draw(other_lines))
    run, left = remove_known(run_of(kept), rows, name)
    assert (run.findings, left) == ((), Counter())
    assert len(run.known) == len(rows)


@given(files, st.data())
def test_places_may_change_their_order_within_the_file(lines, data):
    rows = baseline_entries(run_of(lines), name)
    run, left = remove_known(run_of(data.draw(st.permutations(lines))), rows, name)
    assert (run.findings, left) == ((), Counter())


@given(files, files)
def test_a_row_holds_one_place_with_the_same_text_and_no_other(before, after):
    run, left = remove_known(run_of(after), baseline_entries(run_of(before), name), name)
    then, now = Counter(told(run_of(before))), Counter(told(run_of(after)))
    assert Counter(told(run)) == now - then
    assert left.total() == (then - now).total()


@given(files)
def test_nothing_is_known_in_a_file_of_another_name(lines):
    run, left = remove_known(run_of(lines, "b.py"), baseline_entries(run_of(lines), name), name)
    assert len(run.findings) == left.total() == len(run_of(lines).findings)


@given(files, files)
def test_what_is_known_and_what_is_left_is_what_was_found(before, after):
    found = run_of(after).findings
    run, _ = remove_known(run_of(after), baseline_entries(run_of(before), name), name)
    assert sorted((*run.known, *run.findings), key=found.index) == list(found)
    assert run.applied == run.findings


def test_a_copy_is_the_new_one_and_not_the_place_that_it_was_copied_from():
    rows = baseline_entries(run_of(["def a():", "  old_one()", "end"]), name)
    copied = ["def b():", "  old_one()", "", "def a():", "  old_one()", "end"]
    run, left = remove_known(run_of(copied), rows, name)
    assert [finding.line for finding in run.findings] == [2]
    assert not left


def test_what_is_known_is_not_changed_either():
    rows = baseline_entries(run_of(["old_one()"]), name)
    run, _ = remove_known(run_of(["old_one()", "x = old_two"]), rows, name)
    assert run.results[0].after == b"old_one()\nx = new\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_endings_and_indents_and_a_byte_order_mark_do_not_matter(newline):
    rows = baseline_entries(run_of(["a", "old_one( old_two )", "b"]), name)
    result = result_of(["a", "\told_one(  old_two\t)", "b"], newline=newline)
    marked = FileResult("a.py", b"\xef\xbb\xbf" + result.before, b"", result.findings)
    for each in (result, marked):
        run, left = remove_known(RunResult((), 1, (each,)), rows, name)
        assert (run.findings, left) == ((), Counter())


def test_far_away_on_a_very_long_line_does_not_matter():
    near = " " + "near " * 60
    rows = baseline_entries(run_of([f"far{near}old_one{near}far"]), name)
    assert not remove_known(run_of([f"other{near}old_one{near}other, other"]), rows, name)[0].findings
    assert remove_known(run_of([f"far{near}old_one, {near}far"]), rows, name)[0].findings


def test_a_place_over_several_lines_is_told_by_all_of_them():
    lines = ["f(", "old_one,", ")"]
    whole = Finding("one", "behaviour", "a.py", 1, 1, 3, 2, None, None, Applicability.MANUAL, (), "", "")
    raw = "\n".join(lines).encode()
    rows = baseline_entries(RunResult((), 1, (FileResult("a.py", raw, raw, (whole,)),)), name)
    for text, known in ((raw, 1), (raw.replace(b"old_one", b"old_two"), 0), (raw.replace(b"old", b"  old"), 1)):
        assert (
            len(remove_known(RunResult((), 1, (FileResult("a.py", text, text, (whole,)),)), rows, name)[0].known)
            == known
        )


def test_a_place_that_lies_outside_of_its_file_is_a_place_all_the_same():
    stray = finding("a.py", 9, 9, "old_one")
    run = RunResult((), 1, (FileResult("a.py", b"\xff", b"\xff", (stray,)),))
    assert remove_known(run, baseline_entries(run, name), name)[0].known == (stray,)


def test_a_row_that_holds_nothing_is_told_with_its_line_as_often_as_it_holds_nothing():
    one, two = BaselineEntry("a.py", "one", "aa", "bb"), BaselineEntry("a.py", "two", "cc", "dd")
    stale = stale_entries([(2, one), (3, one), (4, two)], Counter({one: 1, two: 1}), "base.json")
    assert [(each.path, each.line, each.rules, each.file) for each in stale] == [
        ("base.json", 2, ("one",), "a.py"),
        ("base.json", 4, ("two",), "a.py"),
    ]
    assert stale[0].message == "stale baseline entry: a.py no longer contains one"


digests = st.text("0123456789abcdef", min_size=1, max_size=16)
paths = st.text(st.characters(codec="utf-8"), min_size=1) | st.just("caf\udce9.py")
rows = st.builds(BaselineEntry, paths, st.sampled_from(["one", "two"]), digests, digests)


@given(st.lists(rows))
def test_a_file_reads_as_it_was_written(rows):
    assert [row for _, row in parse_baseline(dump_baseline(rows))] == sorted(rows)


@given(st.lists(rows), st.randoms())
def test_a_file_depends_on_its_rows_and_not_on_their_order(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert dump_baseline(shuffled) == dump_baseline(rows)


@given(st.lists(rows, min_size=1), st.data())
def test_each_row_is_a_line_that_may_come_or_go_alone(rows, data):
    lines = dump_baseline(rows).decode("ascii").splitlines(keepends=True)
    assert len(lines) == len(rows) + 2
    gone = data.draw(st.integers(1, len(rows)))
    del lines[gone]
    read = parse_baseline("".join(lines).encode())
    assert [row for _, row in read] == [row for number, row in enumerate(sorted(rows), 1) if number != gone]
    assert [line for line, _ in read] == list(range(2, len(rows) + 1))


def test_a_file_in_another_layout_is_read_too():
    assert parse_baseline(b'[{"migrator-baseline":1},["a","b","c0","d0"]]') == (
        (1, BaselineEntry("a", "b", "c0", "d0")),
    )


HEAD = '[{"migrator-baseline": 1}\n'


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "not JSON"),
        (HEAD + ',["a", "b"\n]', 3, "not JSON"),
        (HEAD + ',["a", "b", "c0"]\n]\n', 2, "/1 must be a list of four strings"),
        (HEAD + ',["a", "b", "c0", 1]\n]\n', 2, "/1 must be a list of four strings"),
        (HEAD + ',["a", "b", "c0", "d0"]\n,["a", "b", "c0", "so"]\n]\n', 3, "/2 must end in two digests"),
        (HEAD + "<<<<<<< HEAD\n]\n", 2, "merge conflict"),
        ('[{"migrator-baseline": 2}, "whatever"]', 1, "format 2 is newer than 1"),
        ('[{"migrator-baseline": true}]', None, "not a baseline"),
        ('{"key": []}', None, "not a baseline"),
        ("[]", None, "not a baseline"),
        ("[[1]]", None, "not a baseline"),
        ("[" * 100_000, None, "not a baseline"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(text, line, says):
    with pytest.raises(BadBaseline, match=re.escape(says)) as refused:
        parse_baseline(text.encode())
    assert refused.value.line == line


def test_bytes_that_are_no_text_are_told_with_their_line():
    with pytest.raises(BadBaseline, match="not UTF-8") as refused:
        parse_baseline(HEAD.encode() + b"\xff\n]")
    assert refused.value.line == 2
