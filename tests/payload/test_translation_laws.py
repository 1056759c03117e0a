"""The laws of translation, on documents drawn from the rows of two tables."""

from __future__ import annotations

import copy
import json
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrator.payload.json_text import parse_json
from migrator.payload.loss import LossExtent
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError, UnknownNameError
from migrator.payload.translator import Translator
from payload.documents import CONTEXTS, JSON, OBJECTS, TABLES, cases, differences, names, translated

table_of_each_api = pytest.mark.parametrize("table", TABLES, ids=[table.api.id for table in TABLES])
each_direction = pytest.mark.parametrize("up", [True, False], ids=["up", "down"])
often = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def translator(table, source, target, declared=False, on_loss="report"):
    return Translator(source, target, table, context=CONTEXTS[table.api.id] if declared else None, on_loss=on_loss)


def declared_places(table, *translations):
    """Where a translation says that something is lost, put in, said in a further call, or declared by the user."""
    said = [thing for each in translations for thing in (*each.losses, *each.follow_ups)]
    rules = {rule.id: rule for step in table.steps for rule in step.rules}
    applied = [rules[rule] for each in translations for rule in each.applied]
    return {thing.pointer for thing in said} | {f"/{rule.new}" for rule in applied if rule.context}


def outcome(translate):
    """A translation, or the place of the wrong type that there is in the document."""
    try:
        return translate(), None
    except DocumentError as error:
        return None, error.pointer


def plan_for(translator, case):
    """The plan that a translator has for a case."""
    return translator._route.get_plan(case.kind, case.name)


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
    places = declared_places(table, there, again)
    for place in differences(case.document, again.document):
        assert any(place == known or place.startswith(known + "/") for known in places), place


@table_of_each_api
@each_direction
@often
@given(data=st.data())
def test_what_is_given_is_never_changed_and_what_stays_the_same_is_shared(table, up, data):
    case = data.draw(cases(table, up, anything=False))
    before = copy.deepcopy(case.document)
    result = case.translate(translator(table, case.source, case.target, declared=True))
    assert list(differences(before, case.document)) == []
    if not result.lost and not list(differences(before, result.document)):
        assert result.document is case.document
    if isinstance(result.document, dict) and isinstance(case.document, dict):
        for key in result.document.keys() & case.document.keys():
            if not list(differences(case.document[key], result.document[key])):
                assert result.document[key] is case.document[key]


@table_of_each_api
@each_direction
@often
@given(data=st.data())
def test_any_json_in_the_places_of_the_rows_gives_a_document_or_an_error_of_ours(table, up, data):
    case = data.draw(cases(table, up, anything=True))
    try:
        result, pointer = outcome(lambda: case.translate(translator(table, case.source, case.target)))
    except UnknownNameError:
        return
    if result is None:
        assert pointer == "" or pointer.startswith("/")
    else:
        assert result.lost == (result.document is None and case.document is not None)


@table_of_each_api
@often
@given(document=JSON, data=st.data())
def test_any_json_at_all_gives_a_document_or_an_error_of_ours(table, document, data):
    versions = [str(version) for version in table.versions]
    source, target = data.draw(st.permutations(versions))[:2]
    kind = data.draw(st.sampled_from(["webhook", "request", "response"]))
    name = data.draw(st.sampled_from(names(table, kind)))
    for asked in (translator(table, source, target), translator(table, None, target) if kind == "webhook" else None):
        try:
            if asked is not None:
                translated(asked, kind, name, document)
        except TranslationError:
            continue


@table_of_each_api
@each_direction
@often
@given(data=st.data())
def test_raising_raises_where_reporting_reports_and_only_there(table, up, data):
    case = data.draw(cases(table, up, anything=False))
    reported = case.translate(translator(table, case.source, case.target))
    strict = translator(table, case.source, case.target, on_loss="raise")
    lost = [loss for loss in reported.losses if loss.extent is not LossExtent.NOTE]
    if not lost:
        assert case.translate(strict) == reported
        return
    with pytest.raises(LossError) as raised:
        case.translate(strict)
    assert raised.value.losses == tuple(lost)
    assert (raised.value.rule, raised.value.pointer) == (lost[0].rule, lost[0].pointer)


@table_of_each_api
@each_direction
@often
@given(data=st.data())
def test_the_quick_way_says_what_the_complete_way_says(table, up, data):
    case = data.draw(cases(table, up, anything=data.draw(st.booleans())))
    try:
        plan = plan_for(translator(table, case.source, case.target, declared=True), case)
    except UnknownNameError:
        return
    complete, pointer = outcome(lambda: plan.translate_completely(case.document))
    quick, same_pointer = outcome(lambda: plan.translate(case.document))
    assert (quick, same_pointer) == (complete, pointer)
    if quick is not None:
        assert list(differences(quick.document, complete.document)) == []
    written = json.dumps(case.document, indent=data.draw(st.sampled_from([None, 2]))).encode()
    complete, pointer = outcome(lambda: plan.translate_text(written, parse_json(written)))
    assert outcome(lambda: plan.translate_bytes(written)) == (complete, pointer)


@table_of_each_api
@each_direction
@often
@given(data=st.data())
def test_bytes_are_translated_as_the_objects_that_they_hold(table, up, data):
    case = data.draw(cases(table, up, anything=data.draw(st.booleans())).filter(lambda case: case.kind == "webhook"))
    asked = translator(table, case.source, case.target, declared=data.draw(st.booleans()))
    written = json.dumps(case.document, ensure_ascii=data.draw(st.booleans())).encode()
    try:
        expected = asked.webhook(json.loads(written))
    except TranslationError as error:
        with pytest.raises(type(error)):
            asked.webhook_bytes(written)
        return
    found = asked.webhook_bytes(written)
    assert (found.losses, found.applied, found.missing) == (expected.losses, expected.applied, expected.missing)
    if expected.lost:
        assert found.document is None
    else:
        assert json.loads(found.document) == expected.document


@table_of_each_api
@often
@given(document=OBJECTS, data=st.data())
def test_a_document_of_a_name_that_no_row_speaks_of_comes_back_as_the_same_object(table, document, data):
    versions = [str(version) for version in table.versions]
    asked = translator(table, *data.draw(st.permutations(versions))[:2])
    for result in (asked.request("unheard_of", document), asked.response("unheard_of", document)):
        assert result.document is document
        assert (result.method, result.applied, result.losses) == ("unheard_of", (), ())
