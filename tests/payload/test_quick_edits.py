"""The quick edits of bytes give what the complete ones give, or leave the text to them."""

from __future__ import annotations

import itertools

import pytest

from migrator.payload.plans.quick_edits import add_quick_edits
from migrator.payload.plans.text_edits import MemberEdit, compile_edits

RENAMED = MemberEdit("action", old_value="a", new_value="b")
MOVED = MemberEdit("data", new_key="payload")
REMOVED = MemberEdit("resource", old_value="chat", removed=True)
BOTH = MemberEdit("action", new_key="event", old_value="a", new_value="b")

TEXTS = [
    f'{{{before}"{key}"{colon}{value}{behind}}}'
    for before, key, colon, value, behind in itertools.product(
        (
            "",
            '"x":1,',
            '"x": 1, ',
            '"x":1 ,',
            '"x":1,  ',
            '"x":{"resource2":[1]},',
            '"action":"a",',
            '"\\u0061ction":1,',
        ),
        ("action", "data", "resource"),
        (":", ": ", " :", ":  "),
        ('"a"', '"chat"', '"c"'),
        ("", ',"y":2', ', "y": 2', ' , "y":2', ',\n"y":2', ',"data":3', ' ,"resource":"chat"'),
    )
]


@pytest.mark.parametrize("edits", [[RENAMED], [MOVED], [REMOVED], [BOTH], [RENAMED, REMOVED], [REMOVED, MOVED, BOTH]])
def test_quick_edits_are_the_complete_ones(edits):
    complete = compile_edits(edits, [])
    quick = add_quick_edits(edits, complete)
    assert quick is not complete
    edited = 0
    for text in TEXTS:
        for data in (text.encode(), text.encode() + b"\n"):
            expected = complete(data)
            assert quick(data) == expected, text
            edited += expected is not None
    assert edited


def test_quick_edits_do_without_the_complete_ones_where_a_text_is_compact():
    quick = add_quick_edits([RENAMED, REMOVED], lambda _: b"complete")
    assert quick(b'{"action":"a","payload":{"resource":"chat","x":1}}') == b'{"action":"b","payload":{"x":1}}'
    assert quick(b'{"action": "a", "payload": {"x": 1, "resource": "chat"}}') == b'{"action": "b", "payload": {"x": 1}}'
    assert quick(b'{"action" :"a"}') == b"complete"


def test_values_that_may_be_spelled_in_several_ways_are_left_to_the_complete_edits():
    complete = compile_edits([MemberEdit("n", old_value=1, removed=True)], [])
    assert add_quick_edits([MemberEdit("n", old_value=1, removed=True)], complete) is complete
