"""The migration guide follows from the tables, of whichever API, and is Markdown that shows what the tables say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from migrator.cli import main
from migrator.python.example import make_example
from migrator.report.guide.guide_rows import is_edited
from migrator.report.guide.migration_guide import guide_text
from migrator.report.markdown.escape import aligned_table, escape_prose, heading_anchor, inline_code
from migrator.report.printable import escape_line
from migrator.rules.load import load_rules
from migrator.rules.table import Rules

SAMPLES = Path(__file__).parents[2] / "samples" / "tables"
RULES = load_rules(SAMPLES)
ROWS = [(each, step, rule) for each in RULES.tables for step in each.steps for rule in step.rules]
FOLLOW_UPS = [row for row in ROWS if row[2].follow_up]
MARKDOWN = MarkdownIt("commonmark").enable("table")

each_row = pytest.mark.parametrize(("each", "step", "rule"), ROWS, ids=[f"{rule.id} is told" for _, _, rule in ROWS])


def chapter(each, step):
    """The part of the guide that a step has."""
    title = f"\n## {each.api.title}, {step.source} to {step.target}\n"
    _, found, rest = "".join(guide_text(RULES)).partition(title)
    assert found
    return rest.partition("\n## ")[0]


def shown(markdown):
    """What a reader sees; a word joiner is not seen."""
    tree = SyntaxTreeNode(MARKDOWN.parse(markdown))
    return "\n".join(
        "".join(" " if leaf.type == "softbreak" else leaf.content for leaf in node.walk() if not leaf.children)
        for node in tree.walk()
        if node.type == "inline"
    ).replace("\u2060", "")


def types(markdown):
    """The sorts of elements that the Markdown has."""
    return {node.type for node in SyntaxTreeNode(MARKDOWN.parse(markdown)).walk()}


def tables(markdown):
    """The cells of each table, row by row."""
    tree = SyntaxTreeNode(MARKDOWN.parse(markdown))
    return [
        [[shown_cell(cell) for cell in row.children] for row in each.walk() if row.type == "tr"]
        for each in tree.walk()
        if each.type == "table"
    ]


def shown_cell(cell):
    return "".join(leaf.content for leaf in cell.walk() if not leaf.children)


@each_row
def test_a_row(each, step, rule):
    text = shown(chapter(each, step))
    assert rule.id in text
    assert all(name in text for name in (rule.old, rule.new) if name)
    advice = rule.advice.replace("`", "")
    assert advice in text or advice.replace(rule.new or "", "the new name") in text
    assert all(place.path in text for place in rule.where if place.path != "$")


@each_row
def test_a_row_s_codemod_is_what_the_codemod_does(each, step, rule):
    result = make_example(each, step, rule)
    edited = {bool(finding.edits) for finding in result.findings if finding.rule == rule.id} if result else set()
    swapped = any((other.old, other.new) == (rule.new, rule.old) for other in step.rules if other is not rule)
    wanted = is_edited(rule) and not swapped  # a second run would change places again
    assert edited == {wanted} or (result is None and not wanted)


@pytest.mark.parametrize(("each", "step", "rule"), FOLLOW_UPS, ids=[rule.id for _, _, rule in FOLLOW_UPS])
def test_a_row_s_follow_up_is_told_with_every_argument_and_value(each, step, rule):
    text = shown(chapter(each, step))
    assert rule.follow_up.url in text
    assert all(f"{name}: " in text for name in rule.follow_up.arguments)
    for old, new in rule.follow_up.values.items():
        told = "needs no call" if old in rule.follow_up.unless else f'becomes "{new}"'
        assert f'"{old}" {told}' in text


@pytest.mark.parametrize("each", RULES.tables, ids=lambda each: f"{each.api.id} has a guide of its own")
def test_an_api(each):
    others = [rule for other, _, rule in ROWS if other is not each]
    text = "".join(guide_text(Rules((each,))))
    assert "--api" not in text
    assert others
    assert not [rule.id for rule in others if f"`{rule.id}`" in text]


def test_every_table_has_as_many_cells_in_each_row():
    found = tables("".join(guide_text(RULES)))
    assert len(found) > 10
    assert all(len({len(row) for row in each}) == 1 for each in found)


def test_the_names_of_methods_stand_side_by_side():
    rows = [row[:2] for each in tables("".join(guide_text(RULES))) for row in each]
    assert ["get_bot_agents", "list_bots"] in rows
    assert ["trace", "track"] in rows


def test_the_contents_lead_to_the_chapters():
    text = "".join(guide_text(RULES))
    links = re.findall(r"\]\(#(.*?)\)", text)
    headings = [heading_anchor(heading) for heading in re.findall(r"^## (.*)$", text, re.MULTILINE)]
    assert links == headings
    assert headings[0] == "livechat-configuration-api-30-to-31"


def test_the_guide_is_printed_the_same_each_time():
    runs = [CliRunner().invoke(main, ["rules", "--rules", str(SAMPLES), "--format", "markdown"]) for _ in range(2)]
    assert [run.exit_code for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout == "".join(guide_text(RULES))


HOSTILE = "# a | b <script>x</script> *c* _d_ [e](http://f) ![g](h) `i|j` \\| &amp; ~~k~~ ``l` \x1b[31m\nm"


def test_what_a_table_says_is_shown_and_not_obeyed(tmp_path):
    row = f"""
    [[rule]]
    id = "row"
    kind = "behaviour"
    old = "x"
    advice = {_toml(HOSTILE)}
    source = {{ document = "changelog", version = "2", item = {_toml(HOSTILE)} }}
    """
    (tmp_path / "1-2.toml").write_text(f'api = "toys"\nfrom = "1"\nto = "2"\n{row}')
    (tmp_path / "api.toml").write_text(
        f'[api]\nid = "toys"\ntitle = {_toml(HOSTILE)}\nhosts = ["a.test"]\npath = "/v{{version}}/toys/{{method}}"\n'
    )
    text = "".join(guide_text(load_rules(tmp_path, shipped=False)))
    assert types(text).isdisjoint({"html_block", "html_inline", "link", "image", "em", "s"})
    assert "\x1b" not in text
    assert shown(text).count("<script>x</script> *c* _d_ [e](http://f)") == 3


def _toml(text):
    return '"' + "".join(f"\\u{ord(char):04x}" for char in text) + '"'


hostile = st.text(st.sampled_from("aZ1 \n`*_[]()<>&|~#+-=.!\\\"'$:/\x1bé{}"), max_size=30)


@given(hostile)
def test_prose_shows_every_character(text):
    wanted = escape_line(" ".join(text.split()))
    markdown = f"- **x** {escape_prose(text)}"
    spans = [node for node in SyntaxTreeNode(MARKDOWN.parse(markdown)).walk() if node.type == "code_inline"]
    assert shown(markdown).replace("`", "").replace(" ", "") == f"x{wanted}".replace("`", "").replace(" ", "")
    assert types(markdown) <= {
        "root",
        "bullet_list",
        "list_item",
        "paragraph",
        "inline",
        "text",
        "strong",
        "code_inline",
    }
    assert all(span.content in wanted for span in spans)


@given(hostile.filter(str.strip))
def test_code_shows_every_character(text):
    tree = SyntaxTreeNode(MARKDOWN.parse(f"x {inline_code(text)}"))
    assert [node.content for node in tree.walk() if node.type == "code_inline"] == [escape_line(text)]


@given(
    st.lists(
        st.tuples(hostile.map(lambda text: text.replace("\\", "")).filter(str.strip), hostile), min_size=1, max_size=3
    )
)
def test_a_table_keeps_its_cells(rows):
    markdown = "".join(
        aligned_table(("one", "two"), ((inline_code(one), f"x {escape_prose(two)}") for one, two in rows))
    )
    (found,) = tables(markdown)
    assert [len(row) for row in found] == [2] * (len(rows) + 1)
    assert [row[0].strip() for row in found[1:]] == [escape_line(one).strip() for one, _ in rows]
