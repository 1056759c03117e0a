"""Markdown for a pull request, rendered as GitHub renders tables, code and HTML."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from audited import audited
from calls import BOTS
from migrator.report.markdown.comment import LIMIT, markdown_text
from migrator.report.markdown.escape import escape_prose, escape_text, fence_code, inline_code, table_row
from migrator.report.source_lines import utf16_length

MISCHIEF = [
    "a|b",
    "`",
    "``x``",
    "<script>",
    "&amp;",
    "[a](b)",
    "*a*",
    "@me #1",
    "a\nb",
    " x ",
    "\\",
    "~~a~~",
    "\x1b[2J",
]


def rendered(text):
    return MarkdownIt("gfm-like", {"linkify": False}).render(text)


class Seen(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data):
        self.text += data


def shown(text):
    return re.sub(r"\s+", " ", Seen(rendered(text)).text.replace("\u2060", "")).strip()


def cells(line):
    """The cells of a row of a table with a head of as many columns as the row is meant to have."""
    page = rendered(table_row(["a", "b"]) + table_row(["---", "---"]) + line)
    return re.findall(r"<td>(.*?)</td>", page)


@pytest.fixture(scope="module")
def told(everything):
    return "".join(markdown_text(everything))


@pytest.mark.parametrize("text", MISCHIEF, ids=repr)
def test_a_text_is_shown_as_it_is_in_prose_and_as_code(text):
    visible = text.replace("\n", "\\n").replace("\x1b", "\\x1b").strip()
    assert shown(f"so {escape_text(text)}").removeprefix("so ") == visible
    assert shown(f"so {inline_code(text)}").removeprefix("so ") == visible
    assert Seen(rendered(escape_text(text))).tags == ["p"]


@pytest.mark.parametrize("text", MISCHIEF, ids=repr)
def test_a_text_stays_in_its_cell(text):
    assert len(cells(table_row([inline_code(text), escape_text(text)]))) == 2
    assert "<script>" not in "".join(cells(table_row([inline_code(text), escape_text(text)])))


@pytest.mark.parametrize("text", ["```", "````\n# head", "~~~", "</details>"], ids=repr)
def test_code_cannot_end_its_block(text):
    assert Seen(rendered(fence_code(text))).tags == ["pre", "code"]
    assert text in Seen(rendered(fence_code(text))).text


def test_nobody_is_mentioned_and_no_issue_linked():
    assert not re.search(r"[@#]\w", escape_text("@me see #12, me@example.com"))


def test_names_between_backticks_are_code_unless_one_is_left_over():
    assert rendered(escape_prose("call `a_b` now")).strip() == "<p>call <code>a_b</code> now</p>"
    assert "<code>" not in rendered(escape_prose("'`' was never closed"))


@pytest.mark.parametrize("group_by", ["rule", "file"])
def test_nothing_but_our_own_html_is_in_it(everything, group_by):
    seen = Seen(rendered("".join(markdown_text(everything, group_by))))
    own = "details summary code h3 h4 p strong table thead tbody tr th td ul li pre"
    assert set(seen.tags) <= set(own.split())
    assert set(seen.attributes) <= {"style", "class"}
    assert seen.tags.count("details") == seen.tags.count("summary") > 2


def test_the_table_counts_places_and_says_what_to_do(told):
    assert "| `method-create-bot-agent` | 1 | 1 | Call `create_bot`. |\n" in told
    assert "| `create-bot-status` | 1 | 1 | A new bot starts offline." in told
    assert told.index("#### Renamed") < told.index("#### Removed or changed behaviour")


def test_a_place_with_edits_is_shown_as_a_diff_and_one_without_as_code(told):
    assert "```diff\n-x = '😀日本'; requests.post(" in told
    assert '```\nfetch("https://api.livechatinc.com/v3.1' in told


def test_a_long_line_of_a_diff_is_cut_around_what_changes(tmp_path):
    line = f'requests.post({{"a": "{"x" * 300}"}}, "{BOTS.split(chr(34))[1]}")'
    told = "".join(markdown_text(audited(tmp_path, {"a.py": f"import requests\n\n{line}\n"})))
    before, after = re.findall(r"^[-+]\S.*", told, re.M)[:2]
    assert (before[:4], after[:4]) == ("-...", "+...")
    assert ("get_bot_agents" in before, "list_bots" in after) == (True, True)
    assert max(len(before), len(after)) <= 161


def test_what_could_not_be_read_stands_above_what_was_found(told):
    assert told.index("**1 file could not be read, and is not covered:**") < told.index("| Rule |")
    assert "- `deep/broken.py:1`: " in told


def test_names_notes_and_suppressions_are_told(told):
    for part in ("Name only", "Notes from the reference", "Unused suppressions", "suppressed by comments"):
        assert part in told


@pytest.fixture(scope="module")
def crowded(everything):
    """The same findings in a thousand files."""
    results = [
        replace(
            result,
            path=f"{number}/{result.path}",
            findings=tuple(replace(f, path=f"{number}/{f.path}") for f in result.findings),
        )
        for number in range(100)
        for result in everything.results
    ]
    return replace(everything, results=tuple(results))


@pytest.mark.parametrize("group_by", ["rule", "file"])
def test_it_fits_into_a_comment_and_says_what_was_cut(crowded, group_by):
    text = "".join(markdown_text(crowded, group_by))
    assert LIMIT // 2 < utf16_length(text) <= LIMIT == 65_536
    assert re.search(r"\*\*Cut:\*\* [\d,]+ parts? of this report, with [\d,]+ findings, did not fit", text)
    assert text.count("<details>") == text.count("</details>")
    assert text.count("```") % 2 == 0


def test_a_report_that_fits_says_nothing_of_a_cut(told):
    assert "**Cut:**" not in told


def test_a_run_without_findings_is_one_sentence(nothing):
    assert "".join(markdown_text(nothing)).splitlines()[2:] == ["1 file searched, nothing found."]
