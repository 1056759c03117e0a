"""The way between offsets in a text and positions as editors count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind

from calls import BEFORE
from migrator.lsp.lsp_positions import DocumentText

UNITS = list(PositionEncodingKind)
TEXTS = st.text(st.sampled_from("a\té€😀\u2028\x0c\ufeff\n\r"), max_size=30)


@given(TEXTS, st.sampled_from(UNITS))
def test_every_offset_has_a_position_that_leads_back_to_it(text, unit):
    lines = DocumentText(text, unit)
    inside = [at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n"]
    assert [lines.offset_of(lines.position_of(at)) for at in inside] == inside


@given(TEXTS, st.sampled_from(UNITS), st.integers(0, 40), st.integers(0, 99))
def test_any_position_leads_into_the_text(text, unit, line, character):
    assert 0 <= DocumentText(text, unit).offset_of(Position(line, character)) <= len(text)


@pytest.mark.parametrize(
    ("unit", "character"),
    [(PositionEncodingKind.Utf8, 9), (PositionEncodingKind.Utf16, 4), (PositionEncodingKind.Utf32, 3)],
)
def test_characters_count_in_the_units_that_were_agreed_on(unit, character):
    assert DocumentText("x\r\né€😀x\n", unit).position_of(6) == Position(1, character)


def test_a_server_speaks_in_the_units_that_its_editor_prefers(launch, tmp_path):
    editor = launch()
    can = editor.initialize(tmp_path, capabilities={"general": {"positionEncodings": ["utf-8", "utf-16"]}})
    assert can["positionEncoding"] == "utf-8"
    text = BEFORE.replace("requests.post", 'str("é😀"); requests.post')
    found = editor.diagnostics(editor.open((tmp_path / "new.py").as_uri(), text))
    line = text.splitlines()[2]
    before = line[: line.index("get_bot_agents")].encode()
    assert len(before) in [each["range"]["start"]["character"] for each in found]
    assert editor.end() == (0, b"")
