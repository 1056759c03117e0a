"""What rows can state that the shipped table does not: swaps, conditions, notes, one-way renames, later steps."""

from __future__ import annotations

import dataclasses

import pytest

from migrator.payload.loss import LossExtent
from migrator.payload.translation_errors import DocumentError, LossError
from migrator.payload.translator import Translator
from migrator.rules.rule import CallArgument, FollowUpCall, Guard, Kind, Origin, Rule, RulePlace, RuleSource, Step
from migrator.rules.table import RuleTable
from migrator.rules.version import Version
from payload.documents import TABLES

SOURCE = RuleSource("changelog", "2", "1")


def row(kind, old=None, new=None, at=(), **keys):
    """A row; `at` names places as document, path and (where it is not every one) name."""
    places = tuple(RulePlace(*place) for place in at)
    found = Rule(f"{kind}-{old or new}", kind, Origin.CHANGELOG, "Ask a person.", SOURCE, old, new, places)
    return dataclasses.replace(found, **keys)


def table(*steps, envelope=True):
    """A table with a step for each list of rows, from version 1 on."""
    api = TABLES[1].api if envelope else dataclasses.replace(TABLES[1].api, envelope=None)
    made = [Step(Version(str(n)), Version(str(n + 1)), tuple(rows), "own.toml") for n, rows in enumerate(steps, 1)]
    return RuleTable(api, tuple(made))


def both(rules, **settings):
    up = Translator("1", str(rules.versions[-1]), rules, **settings)
    return up, up.back()


def test_keys_that_change_places_do_so_at_once():
    at = (("request", "$.a", "m"),), (("request", "$.b", "m"),)
    up, down = both(table([row(Kind.RENAME_KEY, "a", "b", at[0]), row(Kind.RENAME_KEY, "b", "a", at[1])]))
    assert up.request("m", {"a": 1, "b": 2}).document == {"b": 1, "a": 2}
    assert down.request("m", {"b": 1, "a": 2}).document == {"a": 1, "b": 2}
    assert up.request("m", {"a": 1}).document == {"b": 1}
    assert up.request("m", {"a": 1, "b": 2}).losses == ()


def test_keys_of_a_webhook_that_change_places_do_so_in_bytes_too():
    at = (("webhook", "$.a"),), (("webhook", "$.b"),)
    up, _ = both(table([row(Kind.RENAME_KEY, "a", "b", at[0]), row(Kind.RENAME_KEY, "b", "a", at[1])]))
    given = {"event": "e", "a": 1, "b": 2}
    assert up.webhook(given).document == {"event": "e", "a": 2, "b": 1}
    assert up.webhook_bytes(b'{"event":"e","a":1,"b":2}').losses == up.webhook(given).losses == ()


def test_names_that_change_places_do_so_at_once_along_a_chain():
    swap = [row(Kind.RENAME_METHOD, "x", "y"), row(Kind.RENAME_METHOD, "y", "x")]
    once, twice = table(swap), table(swap, [dataclasses.replace(rule, id=rule.id + "-2") for rule in swap])
    assert [both(once)[0].method(name).document for name in "xy"] == ["y", "x"]
    assert [both(twice)[0].method(name).document for name in "xy"] == ["x", "y"]
    assert both(twice)[1].method("x").applied == ("rename_method-y-2", "rename_method-x")


def test_a_key_may_take_the_name_of_one_that_is_removed():
    rows = [
        row(Kind.REMOVE_KEY, "a", at=(("request", "$.a", "m"),), restore="none"),
        row(Kind.RENAME_KEY, "b", "a", at=(("request", "$.b", "m"),)),
    ]
    up, down = both(table(rows))
    there = up.request("m", {"a": "none", "b": 2})
    assert (there.document, there.losses) == ({"a": 2}, ())
    assert down.request("m", there.document).document == {"a": "none", "b": 2}


@pytest.mark.parametrize(
    ("forward", "lost", "left"),
    [("lossless", ("/x/1/a", {"deep": 1}), [{"b": 1}, {}]), ("impossible", ("/x/1", {"a": {"deep": 1}}), [{"b": 1}])],
    ids=["value", "element"],
)
def test_a_removed_value_that_nothing_stands_for_is_a_loss(forward, lost, left):
    up, down = both(table([row(Kind.REMOVE_KEY, "a", at=(("request", "$.x[*].a", "m"),), forward=forward)]))
    body = {"x": [{"b": 1}, {"a": {"deep": 1}}]}
    there = up.request("m", body)
    assert [(loss.pointer, loss.old, loss.extent) for loss in there.losses] == [(*lost, LossExtent.VALUE)]
    assert there.document == {"x": left}
    assert down.request("m", body).document is body
    with pytest.raises(LossError):
        Translator("1", "2", up.table, on_loss="raise").request("m", body)


def test_a_value_in_every_element_is_restored_and_said_for_each():
    _, down = both(table([row(Kind.REMOVE_KEY, "a", at=(("request", "$.x[*].a", "m"),), restore="none")]))
    there = down.request("m", {"x": [{"a": 1}, {}, {"b": 2}]})
    assert there.document == {"x": [{"a": 1}, {"a": "none"}, {"b": 2, "a": "none"}]}
    assert [(note.pointer, note.extent) for note in there.losses] == [
        ("/x/1/a", LossExtent.NOTE),
        ("/x/2/a", LossExtent.NOTE),
    ]


def test_a_key_is_renamed_only_where_its_condition_holds():
    rows = [
        row(Kind.RENAME_KEY, "a", "b", at=(("request", "$.a", "m"),), guard=Guard("request", "$.sort", True)),
        row(Kind.RENAME_KEY, "sort", "kind", at=(("request", "$.sort", "m"),)),
    ]
    up, down = both(table(rows))
    assert up.request("m", {"a": 1, "sort": True}).document == {"b": 1, "kind": True}
    assert down.request("m", {"b": 1, "kind": True}).document == {"a": 1, "sort": True}
    for other in (1, "true", None):
        assert up.request("m", {"a": 1, "sort": other}).document == {"a": 1, "kind": other}
        assert down.request("m", {"b": 1, "kind": other}).document == {"b": 1, "sort": other}


def test_a_condition_on_a_number_is_met_in_bytes_as_it_is_in_objects():
    at = (("webhook", "$.event"),)
    guard = Guard("webhook", "$.detail.level", 1)
    up, _ = both(table([row(Kind.RENAME_WEBHOOK, "x", "y", at, guard=guard)]))
    assert up.webhook_bytes(b'{"event":"x","detail":{"level":1}}').document == b'{"event":"y","detail":{"level":1}}'
    for other in (b"true", b"1.0", b'"1"', b"2"):
        assert up.webhook_bytes(b'{"event":"x","detail":{"level":' + other + b"}}").lost


@pytest.mark.parametrize(
    ("path", "body", "pointers"),
    [
        ("$.a", {"a": 1}, ["/a"]),
        ("$.x[*].a", {"x": [{"a": 1}, {}, {"a": 2}]}, ["/x/0/a", "/x/2/a"]),
        ("$.a[*]", {"a": [1]}, ["/a"]),
        ("$.other", {"other": "a"}, ["/other"]),
        ("$.other", {"other": "b"}, []),
        ("$.a", {"b": 1}, []),
        ("$", {"b": 1}, [""]),
    ],
)
def test_a_place_that_is_left_to_a_person_is_said(path, body, pointers):
    up, down = both(table([row(Kind.MANUAL, "a", at=(("request", path, "m"),))]), on_loss="raise")
    there = up.request("m", body)
    assert there.document is body
    told = [(note.pointer, note.reason, note.extent) for note in there.losses]
    assert told == [(pointer, "Ask a person.", LossExtent.NOTE) for pointer in pointers]
    assert up.request("other", body).losses == down.request("m", body).losses == ()


def test_a_rename_without_a_way_back_has_no_counterpart_on_the_way_down():
    url = "https://api.parcelwire.example/api/v2/parcels/new"
    up, down = both(table([row(Kind.RENAME_METHOD, "old", "new", back="impossible")]))
    assert up.method("old").document == "new"
    for there in (down.method("new"), down.request("new", {}), down.response("new", {}), down.url(url)):
        assert there.lost
        assert there.document is None
        assert there.losses[0].reason == "new has no counterpart in 1"
    with pytest.raises(LossError):
        Translator("2", "1", up.table, on_loss="raise").url(url)


def test_of_two_names_that_became_one_the_way_down_takes_the_one_that_has_a_way_back():
    at = (("webhook", "$.event"), ("request", "$.events[*]", "watch"))
    rows = [row(Kind.RENAME_WEBHOOK, "a", "c", at, back="impossible"), row(Kind.RENAME_WEBHOOK, "b", "c", at)]
    up, down = both(table(rows))
    assert up.request("watch", {"events": ["a", "b", "x"]}).document == {"events": ["c", "c", "x"]}
    assert down.request("watch", {"events": ["c", "x"]}).document == {"events": ["b", "x"]}
    assert down.webhook({"event": "c"}).document == {"event": "b"}


def test_the_answer_to_a_further_call_is_read_in_the_words_of_the_target():
    call = FollowUpCall("other", "go", "https://e.example/go", {"id": CallArgument("response", "$.item.id")})
    first = [row(Kind.REMOVE_KEY, "go", at=(("request", "$.go", "m"),), follow_up=call)]
    second = [
        row(Kind.RENAME_KEY, "id", "number", at=(("response", "$.item.id", "m"),)),
        row(Kind.RENAME_METHOD, "m", "n"),
    ]
    third = [row(Kind.UNNEST, "item", at=(("response", "$.item", "n"),))]
    for steps, answer in (
        ([first], {"item": {"id": 7}}),
        ([first, second], {"item": {"number": 7}}),
        ([first, second, third], {"number": 7}),
    ):
        (follow_up,) = both(table(*steps))[0].request("m", {"go": "now"}).follow_ups
        assert follow_up.resolve(answer).body == {"id": 7}


def test_an_api_without_envelopes_has_webhooks_without_a_name():
    rows = [
        row(Kind.RENAME_KEY, "a", "b", at=(("webhook", "$.a"),)),
        row(Kind.RENAME_WEBHOOK, "x", "y", (("webhook", "$.type"),)),
    ]
    up, down = both(table(rows, envelope=False))
    given = {"a": 1, "type": "x", "event": "x"}
    assert up.webhook(given).document == up.webhook_document(given) == {"b": 1, "type": "y", "event": "x"}
    assert down.webhook({"b": 1, "type": "y"}).document == {"a": 1, "type": "x"}
    assert up.webhook_bytes(b'{"a":1}').document == b'{"b":1}'
    assert up.webhook_bytes(b'{"a":1,"":"x"}').document == b'{"b":1,"":"x"}'
    with pytest.raises(DocumentError):
        up.webhook([])


@pytest.mark.parametrize("path", ["$.x[*].key", "$.x.key"])
def test_a_value_that_is_needed_further_inside_is_missing_there(path):
    up, _ = both(table([row(Kind.ADD_KEY, new="key", at=(("webhook", path),), context="key")]))
    inner = {"a": 1}
    given = {"event": "e", "x": [inner, {"key": 2}] if "[*]" in path else inner}
    there = up.webhook(given)
    assert there.document is given
    assert [missing.pointer for missing in there.missing] == ["/x/0/key" if "[*]" in path else "/x/key"]
    assert up.webhook({"event": "e"}).complete
    declared = Translator("1", "2", up.table, context={"key": 7})
    added = declared.webhook(given)
    assert added.complete
    assert added.document["x"] == ([{"a": 1, "key": 7}, {"key": 2}] if "[*]" in path else {"a": 1, "key": 7})
    assert (
        declared.back().webhook(declared.webhook({"event": "e", "x": inner} | given).document).document["x"] is not None
    )


def test_a_needed_value_that_a_later_step_renames_is_known_by_both_names():
    add = row(Kind.ADD_KEY, new="key", at=(("webhook", "$.key"),), context="key")
    rename = row(Kind.RENAME_KEY, "key", "id", at=(("webhook", "$.key"),))
    up, _ = both(table([add], [rename]))
    assert [missing.pointer for missing in up.webhook({"event": "e"}).missing] == ["/key"]
    kept = up.webhook({"event": "e", "key": 1})
    assert (kept.document, kept.complete) == ({"event": "e", "id": 1}, True)
    declared = Translator("1", "3", up.table, context={"key": 7})
    assert declared.webhook({"event": "e"}).document == {"event": "e", "id": 7}
    assert declared.webhook_bytes(b'{"event":"e"}').document == b'{"event":"e","id":7}'


def test_a_removed_value_that_comes_back_is_missing_from_no_way():
    up, down = both(table([row(Kind.ADD_KEY, new="key", at=(("request", "$.key", "m"),), context="key", back="lossy")]))
    there = Translator("2", "1", up.table, context={"key": 7}).request("m", {"key": 8})
    assert there.document == {}
    assert [(loss.old, loss.extent) for loss in there.losses] == [(8, LossExtent.VALUE)]
    assert down.request("m", {"key": 8}).document == {}


def test_an_array_may_be_given_as_a_tuple():
    up, _ = both(table([row(Kind.RENAME_WEBHOOK, "a", "b", (("request", "$.events[*]", "watch"),))]))
    assert up.request("watch", {"events": ("a", "x")}).document == {"events": ["b", "x"]}


def test_a_document_that_cannot_be_written_as_json_is_an_error():
    from migrator.payload.byte_documents import encode_text

    with pytest.raises(DocumentError, match="cannot be written as JSON"):
        encode_text({"a": object()})
    deep = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(DocumentError, match="nested too deeply"):
        encode_text(deep)
    while deep:
        deep = deep.pop()


def test_the_name_of_a_method_is_a_string():
    up, _ = both(table([row(Kind.RENAME_METHOD, "old", "new")]))
    for name in (None, 5, ["old"]):
        with pytest.raises(DocumentError, match="expected the name of a method"):
            up.method(name)


def test_a_value_that_only_looks_like_the_restored_one_is_a_loss():
    up, _ = both(table([row(Kind.REMOVE_KEY, "a", at=(("request", "$.a", "m"),), restore=1)]))
    assert up.request("m", {"a": 1}).losses == ()
    for other in (True, 1.0, "1"):
        assert [loss.old for loss in up.request("m", {"a": other}).losses] == [other]


@pytest.mark.parametrize("first", [True, False])
def test_a_row_that_is_asked_for_takes_the_place_of_its_like_wherever_it_stands(first):
    at = (("webhook", "$.event"), ("request", "$.events[*]", "watch"))
    asked = row(Kind.RENAME_WEBHOOK, "x", "y", at, origin=Origin.REFERENCE)
    removed = row(Kind.REMOVE_WEBHOOK, "x", at=at, forward="impossible", back="impossible")
    up, down = both(table([asked, removed] if first else [removed, asked]), reference=[asked.id])
    assert up.webhook({"event": "x"}).document == {"event": "y"}
    assert up.request("watch", {"events": ["x"]}).document == {"events": ["y"]}
    assert down.webhook({"event": "y"}).document == {"event": "x"}
    assert Translator("1", "2", up.table).webhook({"event": "x"}).lost


def test_a_wrong_type_on_the_way_down_is_named_where_it_was_given():
    first = [row(Kind.RENAME_KEY, "list", "items", at=(("request", "$.list", "m"),))]
    second = [
        row(Kind.RENAME_KEY, "items", "events", at=(("request", "$.items", "m"),)),
        row(Kind.RENAME_WEBHOOK, "a", "b", (("request", "$.items[*]", "m"),)),
    ]
    up, down = both(table(first, second))
    assert down.request("m", {"events": ["b", "x"]}).document == {"list": ["a", "x"]}
    for translator, key in ((up, "list"), (down, "events")):
        with pytest.raises(DocumentError) as raised:
            translator.request("m", {key: ["x", 5]})
        assert raised.value.pointer == f"/{key}/1"


def test_a_webhook_that_is_renamed_in_registrations_alone_is_delivered_as_it_was():
    rows = [
        row(Kind.RENAME_WEBHOOK, "a", "b", (("request", "$.events[*]", "watch"),)),
        row(Kind.RENAME_KEY, "x", "y", at=(("webhook", "$.x", "a"),)),
    ]
    up, down = both(table(rows, [row(Kind.RENAME_KEY, "y", "z", at=(("webhook", "$.y", "a"),))]))
    assert up.request("watch", {"events": ["a"]}).document == {"events": ["b"]}
    assert up.webhook({"event": "a", "x": 1}).document == {"event": "a", "z": 1}
    assert down.webhook({"event": "a", "z": 1}).document == {"event": "a", "x": 1}


def test_a_key_that_an_earlier_step_added_is_no_loss_in_a_later_one():
    added = [row(Kind.ADD_KEY, None, "tmp", at=(("request", "$.tmp", "m"),), context="tmp", origin=Origin.REFERENCE)]
    renamed = [row(Kind.RENAME_KEY, "tmp", "temporary", at=(("request", "$.tmp", "m"),))]
    removed = [row(Kind.REMOVE_KEY, "temporary", at=(("request", "$.temporary", "m"),))]
    up, _ = both(table(added, renamed, removed), context={"tmp": 5})
    there = up.request("m", {"a": 1})
    assert (there.document, there.losses) == ({"a": 1}, ())
    assert up.request_bytes("m", b'{"a": 1}').document == b'{"a": 1}'
    assert [loss.old for loss in up.request("m", {"a": 1, "tmp": 6}).losses] == [6]


def test_a_restored_key_that_the_next_step_down_removes_is_not_mentioned():
    removed = [row(Kind.REMOVE_KEY, "a", at=(("request", "$.a", "m"),), restore="none")]
    added = [row(Kind.ADD_KEY, None, "a", at=(("request", "$.a", "m"),), context="a")]
    _, down = both(table(added, removed))
    there = down.request("m", {"b": 1})
    assert (there.document, there.losses) == ({"b": 1}, ())


def test_lost_elements_are_named_as_in_the_original_in_every_step():
    first = [row(Kind.REMOVE_WEBHOOK, "x", at=(("request", "$.l[*].n", "m"),), forward="impossible")]
    second = [
        row(Kind.REMOVE_WEBHOOK, "y", at=(("request", "$.l[*].n", "m"),), forward="impossible"),
        row(Kind.REMOVE_KEY, "k", at=(("request", "$.l[*].k", "m"),)),
    ]
    up, _ = both(table(first, second))
    body = {"l": [{"n": "x"}, {"n": "a"}, {"n": "x"}, {"n": "y", "k": 1}, {"n": "b", "k": 2}]}
    there = up.request("m", body)
    assert there.document == {"l": [{"n": "a"}, {"n": "b"}]}
    assert [loss.pointer for loss in there.losses] == ["/l/0", "/l/2", "/l/3", "/l/4/k"]
    written = b'{"l": [{"n": "x"}, {"n": "a"}, {"n": "x"}, {"n": "y", "k": 1}, {"n": "b", "k": 2}]}'
    assert up.request_bytes("m", written).document == b'{"l": [{"n": "a"}, {"n": "b"}]}'
