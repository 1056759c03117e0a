"""What is told on hovering."""

from __future__ import annotations

from calls import BEFORE, LEFT


def test_hovering_tells_the_row_the_evidence_the_source_and_an_example(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    told = editor.hover(uri, "bot_agents")
    assert "**method-get-bot-agents** `get_bot_agents` → `list_bots`" in told
    assert "\n\nCall `list_bots`.\n\n" in told
    assert "Because:\n- " in told
    assert "*safe: `migrator codemod --write` edits it*" in told
    assert "```diff\n" in told
    assert "changelog of 3.2" in told


def test_hovering_over_a_place_for_a_person_says_so(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), LEFT)
    assert "*manual: to edit by hand*" in editor.hover(uri, "bot_agents")


def test_hovering_elsewhere_tells_nothing(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    assert editor.hover(uri, "import") is None
    assert editor.hover(editor.open((tmp_path / "other.py").as_uri(), "x = 1\n"), "x") is None


def test_hovering_is_told_in_plain_text_to_an_editor_that_knows_no_markdown(launch, tmp_path):
    editor = launch()
    editor.initialize(tmp_path, capabilities={})
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    told = editor.hover(uri, "bot_agents")
    assert told.startswith("method-get-bot-agents: ")
    assert "**" not in told
    found = editor.diagnostics(uri)
    assert found
    assert all("tags" not in each for each in found)
    [fix, *_] = editor.actions(uri, "get_bot_agents").values()
    assert [edit["newText"] for edit in fix["edit"]["changes"][uri]] == ["list_bots"]
    assert editor.end() == (0, b"")


def test_hovering_shows_names_in_the_place_of_a_row_as_code(editor, tmp_path):
    hire = BEFORE.replace("get_bot_agents", "create_bot_agent").replace("json={}", 'json={"status": "offline"}')
    uri = editor.open((tmp_path / "new.py").as_uri(), hire)
    assert "\n\nWhere: the body of a request of `create_bot_agent`" in editor.hover(uri, "status")
