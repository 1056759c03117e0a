"""The harness itself: each law refuses a result that breaks it, and the notation says what it should."""

from dataclasses import replace

import pytest

from laws import assert_laws
from migrator.findings.finding import Applicability, Edit, FileError, FileResult, Finding
from verbs import assert_marks, told, told_comments

RAW = b'x = "old"\ny = "old"\n'
FINDING = Finding(
    rule="method-old",
    kind="rename_method",
    path="a.py",
    line=1,
    column=6,
    end_line=1,
    end_column=9,
    old="old",
    new="new",
    applicability=Applicability.SAFE,
    evidence=("a host",),
    message="m",
    advice="a",
    edits=(Edit(5, 8, b"new"),),
)
GOOD = FileResult("a.py", RAW, b'x = "new"\ny = "old"\n', (FINDING,), (FINDING,))


def broken(**changes: object) -> FileResult[bytes]:
    finding = replace(FINDING, **changes)
    return replace(GOOD, findings=(finding,), applied=(finding,))


def test_an_honest_result_passes():
    assert_laws(GOOD, RAW, unsafe=False)


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(replace(GOOD, error=FileError("no")), id="an error"),
        pytest.param(replace(GOOD, before=b""), id="another source"),
        pytest.param(replace(GOOD, after=b'x = "new"\ny = \n'), id="a result that does not parse"),
        pytest.param(replace(GOOD, after=b'x = "new"\r\ny = "old"\n'), id="a byte changed outside of the edits"),
        pytest.param(replace(GOOD, findings=()), id="an applied finding that is not reported"),
        pytest.param(broken(evidence=()), id="no evidence"),
        pytest.param(broken(applicability=Applicability.UNSAFE), id="an unsafe edit that nobody asked for"),
        pytest.param(broken(applicability=Applicability.MANUAL), id="a manual finding that was applied"),
        pytest.param(broken(column=1, end_column=4), id="a position that does not show the old name"),
        pytest.param(broken(line=4, end_line=4), id="a line that does not exist"),
        pytest.param(broken(end_column=6), id="an empty position"),
        pytest.param(broken(edits=(Edit(5, 8, b"new"), Edit(6, 8, b"ew"))), id="edits that overlap"),
        pytest.param(broken(edits=()), id="an applied finding without edits"),
        pytest.param(broken(message=""), id="no message"),
    ],
)
def test_a_result_that_breaks_a_law_is_refused(result):
    with pytest.raises((AssertionError, SyntaxError)):
        assert_laws(result, RAW, unsafe=False)


def test_the_notation_tells_before_after_and_marks():
    story = told("\n    a = «1→2»  #@ rule-a rule-b\n    b = 3 #@\n    c«→ = 4»\n")
    assert story.before == "a = 1\nb = 3\nc\n"
    assert story.after == "a = 2\nb = 3\nc = 4\n"
    assert story.marks == ((1, ("rule-a", "rule-b")), (2, ()))


def test_a_mark_wants_a_manual_finding_of_its_rule_on_its_line():
    shown = replace(GOOD, findings=(replace(FINDING, applicability=Applicability.MANUAL),))
    assert_marks(told("x #@ method-old\n"), shown, ())
    for source, rules in (("x #@ other\n", ()), ("\n\nx #@\n", ()), ("x #@\n", ("other",))):
        with pytest.raises(AssertionError):
            assert_marks(told(source), shown, rules)
    with pytest.raises(AssertionError):
        assert_marks(told("x #@\n"), GOOD, ())


def test_a_comment_counts_only_with_its_rule_and_the_call_to_make():
    kept = "x = 1\n  # TODO(migrator a-rule): call it\n"
    assert told_comments(kept) == kept
    wrapped = "\t# TODO(migrator a-rule): call\r\n\t#   set_routing_status(x).\r\n"
    assert told_comments(wrapped) == "\t# TODO(migrator a-rule): ...\r\n"
