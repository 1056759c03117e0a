"""A row can go only when it is known that no code, no traffic and no registration uses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from migrator.files.failure import FileFailure
from migrator.findings.finding import FileResult, Finding
from migrator.report.row_use import CAN_GO
from migrator.report.rows_in_use import Traffic, find_row_uses
from migrator.report.run_result import RunResult
from migrator.report.text.colors import painter
from migrator.report.text.seen_table import seen_table
from migrator.rules.load import load_rules

NOW = datetime(2026, 6, 30, tzinfo=UTC)
ROW = "webhook-thread-closed"
HOOKS = "hooks.json"


def finding(path, rule=ROW):
    return Finding(rule, "", path, 1, 1, 1, 2, "old", "new", "manual", (), "", "")


def result(path, *findings, suppressed=()):
    return FileResult(path, b"", b"", findings, suppressed=suppressed)


@pytest.fixture(scope="module")
def chains():
    return load_rules().chains("3.1", "3.2")


def seen_after(days, *, watched=100, window=30):
    """Traffic that last needed the row some days ago, or never."""
    last = {} if days is None else {ROW: NOW - timedelta(days=days)}
    return Traffic(last, NOW - timedelta(days=watched), NOW, window)


def row_of(run, traffic, registrations=HOOKS, rule=ROW, *, with_notes=False):
    seen = find_row_uses(run, traffic, registrations, with_notes=with_notes)
    (row,) = (row for row in seen.rows if row.rule == rule)
    return row, "".join(seen_table(replace(seen, rows=(row,)), painter(False)))


@pytest.mark.parametrize(("code", "wire", "registered"), list(product([True, False], repeat=3)))
def test_the_layer_can_go_when_all_three_are_empty(chains, code, wire, registered):
    results = [result("a.py", finding("a.py"))] * code + [result(HOOKS, finding(HOOKS))] * registered
    run = RunResult(chains, 1, tuple(results))
    row, text = row_of(run, seen_after(2 if wire else 40))
    assert (row.in_code, row.on_wire, row.registered) == (code, wire, registered)
    assert row.can_go == (CAN_GO in text) == (not (code or wire or registered))
    cells = ["yes" if each else "-" for each in (code, wire, registered)]
    assert text.splitlines()[3].split()[:3] == cells


KINDS_OF_CODE = {
    "suppressed": lambda run: replace(run, results=(result("a.py", suppressed=(finding("a.py"),)),)),
    "in the baseline": lambda run: replace(run, known=(finding("a.py"),)),
    "outside the named paths": lambda run: replace(run, evidence=(result("b.py", finding("b.py")),)),
}


@pytest.mark.parametrize("place", KINDS_OF_CODE.values(), ids=KINDS_OF_CODE)
def test_code_counts_that_is(chains, place):
    row, text = row_of(place(RunResult(chains, 1)), seen_after(None))
    assert (row.in_code, row.can_go) == (True, False)
    assert "? in code" not in text


def test_a_row_is_not_known_to_be_unused_while_a_file_could_not_be_read(chains):
    run = RunResult(chains, 1, failures=(FileFailure("a.py", "cannot be parsed"),))
    row, text = row_of(run, seen_after(None))
    assert (row.in_code, row.registered, row.can_go) == (None, False, False)
    assert "? in code: not every file could be read" in text


def test_registrations_that_could_not_be_read_are_not_known(chains):
    run = RunResult(chains, 1, failures=(FileFailure(HOOKS, "no JSON"),))
    row, text = row_of(run, seen_after(None))
    assert (row.in_code, row.registered, row.can_go) == (False, None, False)
    assert "? registered: `--webhooks FILE`" in text


def test_without_registrations_a_row_of_a_webhook_stays_and_one_of_a_method_can_go(chains):
    run = RunResult(chains, 1)
    assert row_of(run, seen_after(None), None)[0].registered is None
    assert row_of(run, seen_after(None), None, "method-get-bot-agents")[0].can_go


@pytest.mark.parametrize(
    ("days", "watched", "on_wire"),
    [(None, 29, None), (None, 30, False), (31, 100, False), (30, 100, True), (31, 29, None), (1, 2, True)],
)
def test_traffic_counts_within_the_window_and_must_have_been_watched_for_as_long(chains, days, watched, on_wire):
    row, text = row_of(RunResult(chains, 1), seen_after(days, watched=watched))
    assert row.on_wire is on_wire
    assert ("? on the wire: traffic has not been watched for so long" in text) == (on_wire is None)
    assert ("never" in text) == (days is None)


def test_a_row_about_the_body_of_a_registered_webhook_stays(chains):
    registered = replace(finding(HOOKS, "webhook-access-set"), old="access_set")
    for results, expected in (((result(HOOKS, registered),), True), ((), False)):
        run = RunResult(chains, 1, results)
        assert row_of(run, seen_after(None), HOOKS, "access-resource")[0].registered is expected
    assert row_of(RunResult(chains, 1), seen_after(None), None, "access-resource")[0].registered is None


def test_a_row_of_the_reference_is_searched_for_on_request_only(chains):
    run = RunResult(chains, 1)
    rule = "webhook-license-id"
    assert row_of(run, seen_after(None), HOOKS, rule)[0].in_code is None
    assert row_of(run, seen_after(None), HOOKS, rule, with_notes=True)[0].can_go


def test_rows_that_nothing_translates_are_left_out(chains):
    seen = find_row_uses(RunResult(chains, 1), seen_after(None), HOOKS, with_notes=True)
    names = {row.rule for row in seen.rows}
    assert {"create-bot-status", "version-3.2", ROW} <= names
    assert {"bot-starts-offline", "update-bot-scope", "thread-order"}.isdisjoint(names)
