"""The text for people: laid out by rule or by file, with the code, at 80 columns."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audited import audited
from calls import BEFORE
from migrator.findings.finding import Edit
from migrator.report.code_frame import cell_width, cut_frame
from migrator.report.source_lines import changed_lines, split_source
from migrator.report.text.audit_text import TextLayout, audit_text
from migrator.report.text.colors import painter

PLAIN = painter(False)
SECRET = BEFORE.rstrip() + '; secret_key = "hunter2hunter2"\n'


def text(run, **layout):
    return "".join(audit_text(run, PLAIN, TextLayout(**layout)))


@pytest.fixture(scope="module")
def told(everything):
    return text(everything)


def after(told, line):
    """The lines below a line that begins so."""
    lines = told.splitlines()
    return lines[next(number for number, each in enumerate(lines) if each.startswith(line)) + 1 :]


def test_the_old_name_is_marked_under_the_code(told):
    frames = re.findall(r"^ *\d+ \| (.*)\n *\| ( *)(\^+)$", told, re.M)
    assert len(frames) > 20
    marked = {line[len(pad) : len(pad) + len(mark)] for line, pad, mark in frames if line.isascii()}
    names = {"get_bot_agents", "create_bot_agent", "3.1", "status", "agent_status_changed", "order", "Hook"}
    assert marked == names


def test_the_mark_stands_under_the_name_behind_wide_characters(everything):
    lines = after(text(everything, width=200), "  bom.py:3:81")
    assert "日本" in lines[0]
    assert lines[0].endswith('get_bot_agents", json={ }')
    assert lines[1].count("^") == len("get_bot_agents")
    assert cell_width(lines[0][: lines[0].index("get_bot_agents")]) == lines[1].index("^")


def test_no_line_of_code_or_of_evidence_is_wider_than_80_columns(told):
    shown = [line for line in told.splitlines() if re.match(r" +(?:\d+ \||\||because )", line)]
    assert shown
    assert max(map(cell_width, shown)) <= 80


def test_a_long_line_is_cut_around_the_name(told):
    assert re.fullmatch(r" +3 \| \.\.\..*get_bot_agents.*\.\.\.", after(told, "  long.py:3:70")[0])


def test_the_advice_and_what_changed_are_said_once_for_a_rule(told):
    assert told.count("Call `list_bots`.") == told.count("`get_bot_agents` was renamed to `list_bots` in 3.2") == 1


def test_what_is_gone_or_behaves_otherwise_has_a_section_of_its_own(everything, told):
    renamed, removed = told.split("\nRemoved or changed behaviour\n")
    for rule in ("create-bot-status", "webhook-agent-status-changed"):
        assert f"\n{rule} (" not in renamed
        assert f"\n{rule} (1 finding, " in removed
    assert "\nmethod-create-bot-agent (1 finding, 1 automatic)\n" in renamed
    assert {finding.rule for finding in everything.findings} >= {"create-bot-status"}


def test_the_section_of_a_rule_follows_from_its_row_and_not_from_its_id(tmp_path, table, monkeypatch):
    (tmp_path / "pyproject.toml").write_text(f'[tool.migrator]\nrules = ["{table(tmp_path / "toys").as_posix()}"]\n')
    monkeypatch.chdir(tmp_path)
    call = 'import requests\n\nrequests.post("https://toys.test/v1/do/old_toy", json={})\n'
    told = text(audited(tmp_path, {"toys.py": call}))
    assert "\ntoy-gone (1 finding, none automatic)\n" in told.split("\nRemoved or changed behaviour")[1]
    assert "\ntoy (1 finding, 1 automatic)\n" in told.split("\nRemoved or changed behaviour")[0]


@pytest.fixture
def table():
    """Plant a table of two rows about one method: another name, and another behaviour."""

    def table(folder):
        folder.mkdir()
        (folder / "api.toml").write_text(
            '[api]\nid = "toys"\ntitle = "Toys"\nhosts = ["toys.test"]\npath = "/v{version}/do/{method}"\n'
        )
        end = 'advice = "See the manual."\nsource = { document = "changelog", version = "2", item = "1" }\n'
        (folder / "1-2.toml").write_text(
            'api = "toys"\nfrom = "1"\nto = "2"\n'
            f'[[rule]]\nid = "toy"\nkind = "rename_method"\nold = "old_toy"\nnew = "new_toy"\n{end}'
            f'[[rule]]\nid = "toy-gone"\nkind = "behaviour"\nold = "old_toy"\n{end}'
            'where = [{ document = "request", name = "old_toy", path = "$" }]\n'
            f'[[rule]]\nid = "version-2"\nkind = "raise_version"\norigin = "implied"\n{end}'
        )
        return folder

    return table


def test_by_file_each_place_names_its_rule_and_the_advice_comes_at_the_end(everything):
    told = text(everything, group_by="file")
    places = after(told, "removed.py (")
    assert places[0] == "  removed.py:3:45: [safe] version-3.2"
    assert "    version 3.1 becomes 3.2" in places
    assert "  method-get-bot-agents: Call `list_bots`." in after(told, "What to do")


def test_at_a_terminal_the_proposed_change_of_each_place_is_shown(everything, told):
    shown = text(everything, terminal=True)
    assert re.search(r"^ +\+ .*list_bots.*$", shown, re.M)
    lines = after(shown, "  removed.py:5:6")
    assert lines[2].startswith("         + # TODO(migrator create-bot-status): call set_routing_status(")
    assert not re.search(r"^ +\+ ", told, re.M)


def test_with_colours_the_name_is_coloured_and_no_sign_stands_under_it(everything):
    shown = "".join(audit_text(everything, painter(True)))
    assert "\x1b[32m\x1b[1mget_bot_agents\x1b[0m" in shown
    assert "^^^" not in shown


def test_what_could_not_be_read_is_listed_and_counted(told):
    lines = after(told, "1 file could not be read, and is not covered")
    assert lines[0].startswith("  deep/broken.py:1: ")


def test_links_that_are_not_followed_are_named(everything):
    told = text(replace(everything, outside=("a", "b\x1b", "c", "d")))
    assert "\n4 links out of the given paths were not followed: a, b\\x1b, c and 1 more\n" in told


def test_the_totals_say_how_many_are_automatic_and_what_is_left_out(everything, told):
    safe = sum(finding.applicability == "safe" for finding in everything.findings)
    manual = len(everything.findings) - safe
    assert f": {safe} automatic (`migrator codemod --write`), {manual} manual.\n" in told
    assert told.endswith("2 more findings are suppressed by comments.\n")


def test_names_notes_and_suppressions_of_nothing_stand_apart(told):
    assert after(told, "Name only")[0] == "  name.py:1:6: get_bot_agents"
    assert "thread-order (1 finding, none automatic)" in after(told, "Notes from the reference")
    assert after(told, "Unused suppressions")[0] == (
        "  stale.py:1: unused suppression: no finding of webhook-thread-closed here"
    )


@pytest.mark.parametrize("layout", [{}, {"group_by": "file"}, {"terminal": True}], ids=str)
def test_no_name_and_no_code_reaches_the_terminal_unescaped(everything, layout):
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text(everything, **layout)
    )
    assert not re.search(r"^\s*::", text(everything, **layout), re.M)


def test_a_secret_beside_the_name_is_not_shown(tmp_path):
    run = audited(tmp_path, {"a.py": SECRET})
    assert run.findings
    assert "hunter2" not in text(run, width=400, terminal=True)


def test_a_run_without_findings_is_one_line(nothing):
    assert text(nothing) == "LiveChat Configuration API 3.0 to 3.2: 1 file searched, nothing found.\n"


@given(st.text(), st.integers(0, 300), st.integers(0, 300), st.integers(20, 200))
@example("00000000\x1f\x1f\x1f0", 0, 10, 20)
@example("a name as wide as it may be, and more", 2, 22, 20)
def test_a_frame_fits_its_width_and_is_harmless(line, start, length, width):
    cut = cut_frame(line, start, start + length, width)
    assert cell_width(str(cut)) <= width
    assert not re.search(r"[\x00-\x1f\x7f]", str(cut))
    assert len(cut.caret_line) >= 1


@given(
    st.lists(st.sampled_from(["x = 1", "é = '😀'", ""]), min_size=1, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
def test_the_lines_of_a_change_are_those_of_the_spliced_file(rows, newline, data):
    raw = newline.join(rows).encode()
    spans = sorted(data.draw(st.sets(st.integers(0, len(raw)), max_size=4)))
    edits = tuple(Edit(a, b, b"new") for a, b in zip(spans[::2], spans[1::2], strict=False))
    lines = split_source(raw)
    found = list(changed_lines(lines, edits))
    assert bool(found) is bool(edits)
    for change in found:
        for number, line in enumerate(change.old):
            assert line == lines.shown_line(change.line + number)
