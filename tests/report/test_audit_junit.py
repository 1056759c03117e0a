"""JUnit XML, read back by a parser."""

from xml.etree import ElementTree

import pytest

from migrator.report.machine.junit import junit_text


def suites(run, group_by="rule"):
    return ElementTree.fromstring("".join(junit_text(run, group_by)).encode())


def test_every_finding_and_every_vain_suppression_is_a_failed_case_and_every_unread_file_an_error(everything):
    root = suites(everything)
    assert len(root.findall(".//failure")) == len(everything.findings) + len(everything.stale)
    assert len(root.findall(".//error")) == len(everything.failures) == 1
    skipped = len(everything.suppressed) + len(everything.notes) + len(everything.names)
    assert len(root.findall(".//skipped")) == skipped > 0


@pytest.mark.parametrize("group_by", ["rule", "file"])
def test_the_totals_of_each_suite_are_those_of_its_cases(everything, group_by):
    root = suites(everything, group_by)
    for suite in (root, *root.findall("testsuite")):
        for attribute, name in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(attribute)) == len(suite.findall(f".//{name}"))
        assert int(suite.get("tests")) == len(suite.findall(".//testcase"))


def test_a_suite_is_a_rule_or_a_file(everything):
    by_rule = {suite.get("name") for suite in suites(everything).findall("testsuite")}
    by_file = {suite.get("name") for suite in suites(everything, "file").findall("testsuite")}
    assert {finding.rule for finding in everything.findings} <= by_rule
    assert {"a.py", "app.js", "bom.py"} <= by_file
    assert len(by_rule) == len(suites(everything).findall("testsuite"))


def test_a_case_names_its_place_and_says_what_to_do_and_why(everything):
    case = next(each for each in suites(everything).iter("testcase") if each.get("name").startswith("left.py"))
    assert (case.get("file"), case.get("line")) == ("left.py", "3")
    failure = case.find("failure")
    assert failure.get("type") == "manual"
    assert "Call `list_bots`.\nbecause URL https://api.livechatinc.com/" in failure.text


def test_no_line_of_it_is_a_line_that_a_name_or_code_began(everything):
    lines = "".join(junit_text(everything)).splitlines()
    assert not [line for line in lines if line.startswith("::error::")]


def test_what_xml_cannot_hold_is_shown_as_an_escape(everything):
    paths = {case.get("file") for case in suites(everything).iter("testcase")}
    assert any(r"\x1b[2J" in path and "]]>" in path for path in paths)


def test_a_run_without_findings_has_one_case_that_passes(nothing):
    (case,) = suites(nothing).iter("testcase")
    assert list(case) == []
