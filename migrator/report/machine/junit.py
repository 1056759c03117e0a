"""Format a run as JUnit XML: a suite for each rule or file, a failure for each finding, an error for each failure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from migrator.findings.finding import Finding
from migrator.report.machine.severity import NAME_ID, STALE_ID
from migrator.report.printable import escape_controls, escape_line
from migrator.report.run_result import RunResult
from migrator.report.sections import GroupBy, group_findings

#: Characters that `visible` keeps and XML 1.0 forbids.
_ILLEGAL = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _JUnitCase:
    """A test case: its location, and the element of its outcome unless it passed."""

    suite: str
    name: str
    path: str
    line: int | None
    outcome: str = ""
    kind: str = ""
    message: str = ""
    text: str = ""


def junit_text(run: RunResult, group_by: GroupBy = "rule") -> Iterator[str]:
    """Yield the document. A run with nothing to report has one case, which passes."""
    suites: dict[str, list[_JUnitCase]] = {}
    for case in _make_cases(run, group_by):
        suites.setdefault(case.suite, []).append(case)
    if not suites:
        suites["migrator"] = [_JUnitCase("migrator", f"{run.searched} files searched, nothing found", ".", None)]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="migrator"{_total_attributes([case for cases in suites.values() for case in cases])}>\n'
    for name, cases in suites.items():
        yield f"  <testsuite name={_quote_attribute(name)}{_total_attributes(cases)}>\n"
        for case in cases:
            yield from _case_element(case)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _make_cases(run: RunResult, group_by: GroupBy) -> Iterator[_JUnitCase]:
    for outcome, found in (("failure", run.findings), ("skipped", (*run.suppressed, *run.known, *run.notes))):
        for group in group_findings(found, run.rules, group_by):
            for finding in group.findings:
                yield _finding_case(finding, group.title, outcome)
    for stale in run.stale:
        suite = STALE_ID if group_by == "rule" else stale.path
        where = f"{stale.path}:{stale.line}"
        yield _JUnitCase(
            suite, f"{where} {STALE_ID}", stale.path, stale.line, "failure", STALE_ID, stale.message, escape_line(where)
        )
    for name in run.names:
        suite = NAME_ID if group_by == "rule" else name.path
        where = f"{name.path}:{name.line}:{name.column}"
        text = f"{name.name}: {name.reason}"
        yield _JUnitCase(suite, f"{where} {name.name}", name.path, name.line, "skipped", NAME_ID, text)
    for failure in run.failures:
        where = f"{failure.path}:{failure.line}" if failure.line else failure.path
        text = escape_line(f"{where}: {failure.message}")
        yield _JUnitCase("not read", where, failure.path, failure.line, "error", "unread", failure.message, text)


def _finding_case(finding: Finding, suite: str, outcome: str) -> _JUnitCase:
    where = f"{finding.path}:{finding.line}:{finding.column}"
    lines = [f"{where}: [{finding.applicability}] {finding.message}", finding.advice]
    lines += [f"because {step}" for step in finding.evidence]
    return _JUnitCase(
        suite,
        f"{where} {finding.rule}",
        finding.path,
        finding.line,
        outcome,
        finding.applicability,
        finding.message,
        "\n".join(map(escape_line, lines)),
    )


def _total_attributes(cases: list[_JUnitCase]) -> str:
    count = {each: sum(case.outcome == each for case in cases) for each in ("failure", "error", "skipped")}
    return f' tests="{len(cases)}" failures="{count["failure"]}" errors="{count["error"]}" skipped="{count["skipped"]}"'


def _case_element(case: _JUnitCase) -> Iterator[str]:
    line = f' line="{case.line}"' if case.line else ""
    name, path = _quote_attribute(case.name), _quote_attribute(case.path)
    head = f"    <testcase name={name} classname={path} file={path}{line}"
    if not case.outcome:
        yield f"{head}/>\n"
        return
    kind = "" if case.outcome == "skipped" else f" type={_quote_attribute(case.kind)}"
    yield f"{head}>\n      <{case.outcome}{kind} message={_quote_attribute(case.message)}"
    yield f">{escape(_replace_illegal(case.text))}</{case.outcome}>\n" if case.text and kind else "/>\n"
    yield "    </testcase>\n"


def _quote_attribute(text: str) -> str:
    return quoteattr(_replace_illegal(escape_line(text)))


def _replace_illegal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", escape_controls(text))
