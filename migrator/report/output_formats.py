"""The formats of an audit besides text, each a pure function of the run."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from migrator.report.run_result import RunResult
    from migrator.report.sections import GroupBy


class ReportFormat(StrEnum):
    """The format of an audit."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    HTML = "html"


#: The module of each format, imported when it is used, and its function.
_HOMES = {
    ReportFormat.SARIF: ("migrator.report.machine.sarif", "sarif_text"),
    ReportFormat.GITHUB: ("migrator.report.machine.github_annotations", "github_text"),
    ReportFormat.JUNIT: ("migrator.report.machine.junit", "junit_text"),
    ReportFormat.MARKDOWN: ("migrator.report.markdown.comment", "markdown_text"),
    ReportFormat.HTML: ("migrator.report.page.html_page", "page_text"),
}
_GROUPED = (ReportFormat.JUNIT, ReportFormat.MARKDOWN)


def format_report(run: RunResult, form: ReportFormat, group_by: GroupBy, places: bool) -> Iterable[str]:
    """Return the run in a format other than text; `places` lists the whole ledger in JSON."""
    if form is ReportFormat.JSON:
        from migrator.report.machine.json_report import json_text

        return (json_text(run, places),)
    module, name = _HOMES[form]
    function = getattr(import_module(module), name)
    return cast("Iterable[str]", function(run, group_by) if form in _GROUPED else function(run))
