"""The code that the page shows, as the page is told of it: lines, marks in them, and what edits make of them."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from migrator.findings.finding import Applicability, Edit
from migrator.python.source.source_file import apply_edits
from migrator.report.page.excerpt import edit_hunks
from migrator.report.page.html_page import page_text
from migrator.report.source_lines import split_source
from paged import finding, run_of, sample_run

TEXT = st.text("ab\n", max_size=30)


def told(run) -> dict:
    """The data in a page."""
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', "".join(page_text(run)), re.S)
    return json.loads(text)


def cut_out(run) -> list[str]:
    """What is marked in the lines of the first place, counted as a script does."""
    (file,) = told(run)["files"]
    lines = {first + index: text for first, *texts in file["t"] for index, text in enumerate(texts)}
    lines |= {int(line): text for line, text in file["e"][0].get("w", {}).items()}
    return [
        lines[line].encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le")
        for line, start, end in file["e"][0]["k"]
    ]


@st.composite
def edited(draw) -> tuple[str, list[Edit]]:
    """A text and edits of it that do not overlap."""
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return text, [Edit(start, end, draw(st.text("ab\n", max_size=3)).encode()) for start, end in spans]


@given(edited())
def test_the_lines_of_a_file_with_its_changed_parts_put_in_are_the_file_after_the_edits(case):
    text, edits = case
    code = split_source(text.encode())
    result, line = list[str](), 1
    for hunk in edit_hunks(code, edits):
        result += [code.shown_line(each) for each in range(line, hunk.first)]
        result += [new for new, _ in hunk.new]
        line = hunk.last + 1
    result += [code.shown_line(each) for each in range(line, code.count + 1)]
    after = apply_edits(text.encode(), edits).decode()
    assert "\n".join(result) == after.removesuffix("\n")


def test_a_line_that_is_only_put_in_takes_the_place_of_none():
    (hunk,) = edit_hunks(split_source(b"a\nb\nc\n"), [Edit(2, 2, b"new\n")])
    assert (hunk.first, hunk.last, hunk.new) == (2, 1, (("new", [(0, 3)]),))


def test_a_line_that_is_taken_out_leaves_none():
    (hunk,) = edit_hunks(split_source(b"a\r\nb\r\nc\r\n"), [Edit(3, 6, b"")])
    assert (hunk.first, hunk.last, hunk.new) == (2, 2, ())


def test_edits_that_are_far_apart_are_shown_apart():
    raw = b"\n".join(b"line %d" % number for number in range(100))
    edits = (Edit(0, 4, b"row"), Edit(raw.index(b"line 90"), raw.index(b"line 90") + 4, b"row"))
    kind = Applicability.SAFE
    run = run_of("a.py", raw, finding("a.py", 1, 1, "line", edits=edits, applicability=kind))
    (place,) = told(run)["files"][0]["e"]
    assert place["f"] == [[1, 4], [90, 92]]


def test_the_old_name_is_marked_behind_characters_of_every_width():
    for before in ("x = ", "é = ", "漢字 ", "🎉🎉 ", "\t\u202e", "🎉\x00 "):
        raw = f"{before}'thread_closed'\n".encode()
        assert cut_out(run_of("a.py", raw, finding("a.py", 1, len(before) + 2, "thread_closed"))) == ["thread_closed"]


def test_the_old_name_is_marked_in_a_file_of_any_encoding():
    for head, encoding in (("", "utf-8-sig"), ("# coding: latin-1\n", "latin-1"), ("# coding: cp1251\n", "cp1251")):
        line = head.count("\n") + 1
        raw = f"{head}x = 'ж', 'thread_closed'\n".replace("ж", "é" if "latin" in encoding else "ж").encode(encoding)
        assert cut_out(run_of("a.py", raw, finding("a.py", line, 11, "thread_closed"))) == ["thread_closed"]


def test_a_place_without_the_name_in_it_is_marked_as_a_whole():
    raw = b"x = URL + action\n"
    assert cut_out(run_of("a.py", raw, finding("a.py", 1, 5, "thread_closed", end_column=17))) == ["URL + action"]


def test_three_lines_around_a_place_are_shown_and_no_more_than_there_are():
    raw = b"\n" * 20 + b"thread_closed\n\n"
    (place,) = told(run_of("a.py", raw, finding("a.py", 21, 1, "thread_closed")))["files"][0]["e"]
    assert place["f"] == [[18, 22]]


def test_a_place_beyond_the_end_of_a_file_that_has_changed_is_still_listed():
    (place,) = told(run_of("a.py", b"x\n", finding("a.py", 9, 1, "thread_closed")))["files"][0]["e"]
    assert place["f"] == []


def test_a_text_that_is_said_often_stands_in_the_page_once():
    advice = max((finding.advice for finding in sample_run().findings), key=len)
    data = told(sample_run())
    assert data["texts"].count(advice) == 1
    assert sum(each["m"] < len(data["texts"]) for file in data["files"] for each in file["e"]) > 30


def test_a_change_in_an_endless_line_is_shown_around_the_name():
    raw = b"a" * 9_000 + b"'thread_closed'" + b"b" * 9_000 + b"\n"
    edit = Edit(9_001, 9_014, b"chat_deactivated")
    (hunk,) = edit_hunks(split_source(raw), [edit])
    ((text, ((start, end),)),) = hunk.new
    assert text[start:end] == "chat_deactivated"
    assert text.startswith("…aaa")
    assert text.endswith("bbb…")
    assert len(text) < 250


def test_edits_that_are_too_far_apart_in_one_line_are_not_shown():
    raw = b"a" * 100_000 + b"\n"
    assert edit_hunks(split_source(raw), [Edit(0, 1, b"b"), Edit(99_999, 100_000, b"b")]) == []
