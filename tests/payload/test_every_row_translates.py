"""Every row of two tables proves itself: what it says happens at its places, up and down, and nothing else does."""

from __future__ import annotations

import pytest

from migrator.payload.loss import LossExtent
from migrator.payload.translation_errors import DocumentError
from migrator.payload.translator import Translator
from migrator.rules.json_path import EACH, parse_path
from migrator.rules.rule import Kind
from payload.documents import CONTEXTS, TABLES, differences, translated

ROWS = [(table, step, rule) for table in TABLES for step in table.steps for rule in step.rules]


def rows(*kinds, active=True):
    """The rows of some kinds, for each test that asks."""
    chosen = [row for row in ROWS if row[2].kind in kinds and row[2].active is active]
    return pytest.mark.parametrize(("table", "step", "rule"), chosen, ids=[rule.id for _, _, rule in chosen])


def places(*kinds, where=lambda _: True):
    """The rows of some kinds with each of their places."""
    rows = [row for row in ROWS if row[2].kind in kinds and row[2].active and where(row[2])]
    chosen = [(*row, place) for row in rows for place in row[2].where]
    ids = [f"{rule.id} at {place.document} {place.name or ''}{place.path}" for _, _, rule, place in chosen]
    return pytest.mark.parametrize(("table", "step", "rule", "place"), chosen, ids=ids)


def up(table, step, **settings):
    return Translator(str(step.source), str(step.target), table, **settings)


def down(table, step, **settings):
    return Translator(str(step.target), str(step.source), table, **settings)


def document(table, rule, place, value):
    """A document that holds a value at a place, meets the row's guard, and has data of the user beside it."""
    found = _put({"untouched": {rule.old or "x": [rule.old, rule.new]}}, parse_path(place.path), value)
    if place.document == "webhook":
        found.setdefault(table.api.envelope.name, place.name or "unheard_of")
        if rule.guard is not None and parse_path(place.path) != parse_path(rule.guard.path):
            found = _put(found, parse_path(rule.guard.path), rule.guard.equals)
    return found


def _put(document, path, value):
    if not path:
        return value
    head, *rest = path
    if head is EACH:
        return [_put({}, rest, value), _put({}, rest, "unheard_of")]
    return {**document, head: _put(document.get(head, {}), rest, value)}


def at(document, path):
    for key in parse_path(path):
        document = document[0 if key is EACH else key]
    return document


def newer_name(step, place):
    """What the newer version calls the method of a document."""
    new = [rule.new for rule in step.rules if rule.kind is Kind.RENAME_METHOD and rule.old == place.name]
    return new[0] if new else place.name


@rows(Kind.RENAME_METHOD)
def test_a_method_is_renamed_up_and_down(table, step, rule):
    assert up(table, step).method(rule.old).document == rule.new
    assert up(table, step).method(rule.old).applied == (rule.id,)
    assert down(table, step).method(rule.new).document == rule.old


@rows(Kind.RENAME_METHOD)
def test_a_renamed_method_takes_its_requests_and_responses_with_it(table, step, rule):
    translator = up(table, step)
    for translation in (translator.request(rule.old, None), translator.response(rule.old, None)):
        assert (translation.document, translation.method, translation.applied) == (None, rule.new, (rule.id,))


@places(Kind.RENAME_WEBHOOK)
def test_a_webhook_is_renamed_at_its_place_and_nowhere_else(table, step, rule, place):
    before = document(table, rule, place, rule.old)
    there = translated(up(table, step, context=CONTEXTS[table.api.id]), place.document, place.name, before)
    assert at(there.document, place.path) == rule.new
    assert rule.id in there.applied
    assert there.losses == ()
    back = translated(
        down(table, step, context=CONTEXTS[table.api.id]), place.document, newer_name(step, place), there.document
    )
    assert list(differences(back.document, before)) == [loss.pointer for loss in back.losses]
    assert {loss.extent for loss in back.losses} <= {LossExtent.NOTE}


@places(Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK)
def test_a_name_that_is_no_string_is_an_error_that_names_its_place(table, step, rule, place):
    before = document(table, rule, place, 5)
    with pytest.raises(DocumentError, match="got a number") as raised:
        translated(up(table, step), place.document, place.name, before)
    assert raised.value.pointer == place.path.replace("[*]", ".0").replace("$", "").replace(".", "/")


@places(Kind.REMOVE_WEBHOOK)
def test_a_removed_webhook_has_no_counterpart_and_says_where(table, step, rule, place):
    before = document(table, rule, place, rule.old)
    there = translated(up(table, step), place.document, place.name, before)
    (loss,) = there.losses
    pointer = place.path.replace("[*]", ".0").replace("$", "").replace(".", "/")
    if "[*]" not in place.path:
        assert there.document is None
        assert (loss.rule, loss.pointer, loss.old, loss.extent) == (rule.id, pointer, rule.old, LossExtent.DOCUMENT)
        return
    element = pointer[: pointer.rindex("/0") + 2]
    assert (loss.rule, loss.pointer, loss.extent) == (rule.id, element, LossExtent.VALUE)
    left = document(table, rule, place, "unheard_of")
    assert list(differences(there.document, left)) == [element.removesuffix("/0")]


@places(Kind.RENAME_KEY)
def test_a_key_is_renamed_at_its_place_and_keeps_its_value(table, step, rule, place):
    value = {rule.old: {"deep": [1]}}
    before = document(table, rule, place, value)
    there = translated(up(table, step, context=CONTEXTS[table.api.id]), place.document, place.name, before)
    assert at(there.document, place.path.removesuffix(rule.old) + rule.new) is value
    assert rule.old not in at(there.document, place.path.removesuffix(f".{rule.old}"))
    back = translated(
        down(table, step, context=CONTEXTS[table.api.id]), place.document, newer_name(step, place), there.document
    )
    assert back.document == before


@places(Kind.RENAME_KEY)
def test_a_key_that_a_renamed_one_displaces_is_a_loss(table, step, rule, place):
    before = document(table, rule, place, 1)
    at(before, place.path.removesuffix(f".{rule.old}"))[rule.new] = "displaced"
    there = translated(up(table, step), place.document, place.name, before)
    assert at(there.document, place.path.removesuffix(rule.old) + rule.new) == 1
    assert [(loss.rule, loss.old, loss.extent) for loss in there.losses] == [(rule.id, "displaced", LossExtent.VALUE)]


@places(Kind.REMOVE_KEY, where=lambda rule: rule.restore is not None)
def test_a_removed_key_leaves_and_the_value_it_stands_for_comes_back(table, step, rule, place):
    before = document(table, rule, place, rule.restore)
    there = translated(up(table, step, context=CONTEXTS[table.api.id]), place.document, place.name, before)
    assert rule.old not in at(there.document, place.path.removesuffix(f".{rule.old}"))
    assert (there.losses, there.follow_ups) == ((), ())
    name = newer_name(step, place)
    back = translated(down(table, step, context=CONTEXTS[table.api.id]), place.document, name, there.document)
    assert list(differences(back.document, before)) == []
    declared = [] if rule.guard else [(rule.id, LossExtent.NOTE)]
    assert [(loss.rule, loss.extent) for loss in back.losses] == declared


@places(Kind.REMOVE_KEY)
def test_a_removed_key_is_left_alone_in_every_other_document(table, step, rule, place):
    before = document(table, rule, place, rule.restore or "x")
    other = {"request": "response", "response": "request", "webhook": "request"}[place.document]
    assert translated(up(table, step), other, place.name, before).document is before


@rows(Kind.RAISE_VERSION)
def test_the_version_in_a_url_is_raised_and_lowered(table, step, rule):
    host = "https://" + table.api.hosts[0].replace("*", "api")
    old, new = (
        host + table.api.path.format(version=version, method="unheard_of") for version in (step.source, step.target)
    )
    there = up(table, step).url(old)
    assert (there.document, rule.id in there.applied) == (new, True)
    assert down(table, step).url(new).document == old


@places(Kind.ADD_KEY)
def test_a_declared_value_is_added(table, step, rule, place):
    check_added(table, step, rule, place)


@rows(Kind.ADD_KEY, active=False)
def test_a_value_of_a_reference_page_is_added_once_it_is_declared(table, step, rule):
    check_added(table, step, rule, rule.where[0])


def check_added(table, step, rule, place):
    """A row that adds a key reports it as missing, adds it when it is declared, and leaves one that is there."""
    before = document(table, rule, place, 1)
    del before[rule.new]
    missing = translated(up(table, step), place.document, place.name, before)
    assert rule.new not in missing.document
    assert [(each.rule, each.pointer, each.declare) for each in missing.missing] == [
        (rule.id, f"/{rule.new}", rule.context)
    ]
    assert not missing.complete
    added = translated(up(table, step, context={rule.context: 7}), place.document, place.name, before)
    assert added.document == {**missing.document, rule.new: 7}
    assert added.complete
    there = {**before, rule.new: 5}
    kept = translated(up(table, step, context={rule.context: 7}), place.document, place.name, there)
    assert kept.document[rule.new] == 5
    back = translated(down(table, step, context={rule.context: 7}), place.document, place.name, added.document)
    assert back.document == before
    assert rule.id not in {loss.rule for loss in back.losses}


@places(Kind.UNNEST)
def test_a_wrapper_goes_and_comes_back(table, step, rule, place):
    before = {rule.old: {"number": 5}}
    there = translated(up(table, step), place.document, place.name, before)
    assert there.document is before[rule.old]
    assert rule.id in there.applied
    assert translated(down(table, step), place.document, newer_name(step, place), there.document).document == before


@rows(Kind.MANUAL)
def test_what_is_left_to_a_person_is_said_with_every_document(table, step, rule):
    there = up(table, step).request(rule.old, {"a": 1})
    assert there.document == {"a": 1}
    assert [(loss.rule, loss.reason, loss.extent) for loss in there.losses] == [(rule.id, rule.advice, LossExtent.NOTE)]
