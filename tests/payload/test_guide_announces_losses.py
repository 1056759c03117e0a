"""The migration guide says what payloads lose: whatever a translation reports is announced there."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrator.payload.translator import Translator
from migrator.report.guide.guide_payloads import payload_section
from payload.documents import TABLES, cases

_SILENT = ("carried", "nothing to carry")


@cache
def announced(table, up):
    """The rows of which the guide says that something is lost, needed, put in or called for, on the way up or down."""
    text = "".join(part for step in table.steps for part in payload_section(table, step))
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|\n").split(" | ")] for line in lines]
    of_names = {line.rpartition("(`")[2].removesuffix("`).") for line in text.splitlines() if line.startswith("Only ")}
    return of_names | {re.sub("`", "", row[3]) for row in cells if len(row) == 4 and row[1 if up else 2] not in _SILENT}


def said(translation):
    """The rows of which a translation says something."""
    return {each.rule for each in (*translation.losses, *translation.missing, *translation.follow_ups)}


@pytest.mark.parametrize("up", [True, False], ids=["up", "down"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.api.id)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(data=st.data())
def test_what_a_right_document_loses_is_announced(table, up, data):
    case = data.draw(cases(table, up, anything=False))
    translator = Translator(case.source, case.target, table)
    unannounced = said(case.translate(translator)) - announced(table, up)
    # On the way back, a webhook that lacks the object in which its condition stood cannot be given it again.
    silent = {
        rule.id for step in table.steps for rule in step.rules if rule.kind == "manual" or (rule.guard and not up)
    }
    assert unannounced <= silent
