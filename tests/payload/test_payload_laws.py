"""The laws of translation, on documents drawn from the rows of two tables."""

from __future__ import annotations

import copy
import json
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from payload.documents import JSON, OBJECTS, TABLES, cases, differences, names, translated

from migrator.payload.errors import DocumentError, LossError, TranslationError
from migrator.payload.translation import Extent
from migrator.payload.translator import Translator

CONTEXT = {"license_id": 104130623, "account": "A-1"}
table_of_each_api = pytest.mark.parametrize("table", TABLES, ids=[table.api.id for table in TABLES])
each_direction = pytest.mark.parametrize("up", [True, False], ids=["up", "down"])
often = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def translator(table, source, target, declared=False, on_loss="report"):
    return Translator(source, target, table, context=CONTEXT if declared else None, on_loss=on_loss)


def declared_places(*translations):
    """Where a translation says that something is lost, put in, or said in a further call."""
    said = [thing for each in translations for thing in (*each.losses, *each.follow_ups)]
    return {thing.pointer for thing in said}


@table_of_each_api
@each_direction
@pytest.mark.parametrize("declared", [False, True], ids=["undeclared", "declared"])
@often
@given(data=st.data())
def test_there_and_back_is_the_same_except_where_it_is_declared(table, up, declared, data):
    case = data.draw(cases(table, up, anything=False))
    there = case.translate(translator(table, case.source, case.target, declared))
    if there.lost:
        assert there.document is None
        return
    back = translator(table, case.target, case.source, declared)
    again = translated(back, case.kind, there.method or case.name, there.document)
    if again.lost:
        return
    places = declared_places(there, again)
    for place in differences(case.document, again.document):
        assert any(place == known or place.startswith(known + "/") for known in places), place
