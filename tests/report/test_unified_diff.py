"""The diff, line by line."""

import subprocess

import pytest

from migrator.findings.finding import FileResult
from migrator.report.text.unified_diff import unified_diff


def diff(before, after, path="a.py"):
    before, after = (text if isinstance(text, bytes) else text.encode() for text in (before, after))
    return list(unified_diff(FileResult(path, before, after)))


def test_only_the_lines_around_a_change_are_shown():
    lines = "".join(f"line {number}\n" for number in range(20))
    assert diff(lines, lines.replace("10", "ten")) == [
        "--- ./a.py\n",
        "+++ ./a.py\n",
        "@@ -8,7 +8,7 @@\n",
        *(" line 7\n", " line 8\n", " line 9\n", "-line 10\n", "+line ten\n", " line 11\n", " line 12\n", " line 13\n"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "tail"),
    [
        ("a", "b", ["-a\n", "\\ No newline at end of file\n", "+b\n", "\\ No newline at end of file\n"]),
        ("a\n", "b", ["-a\n", "+b\n", "\\ No newline at end of file\n"]),
        ("a\nb", "c\nb", ["-a\n", "+c\n", " b\n", "\\ No newline at end of file\n"]),
    ],
)
def test_a_last_line_without_a_line_feed_says_so(before, after, tail):
    assert diff(before, after)[3:] == tail


@pytest.mark.parametrize("inside", ["\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_a_line_ends_at_a_line_feed_and_nowhere_else(inside):
    assert diff(f"a{inside}b\n", f"c{inside}b\n")[3:] == [f"-a{inside}b\n", f"+c{inside}b\n"]


def test_the_carriage_returns_of_a_file_are_part_of_its_lines():
    assert diff("a\r\nb\r\n", "c\r\nb\r\n")[3:] == ["-a\r\n", "+c\r\n", " b\r\n"]


@pytest.mark.parametrize(
    ("encoding", "cookie"), [("latin-1", "latin-1"), ("cp1251", "cp1251"), ("utf-8", "utf-8"), ("euc-jp", "euc_jp")]
)
def test_a_file_is_shown_in_the_characters_of_its_own_encoding(encoding, cookie):
    word = {"cp1251": "имя", "euc-jp": "名前"}.get(encoding, "nämé")
    text = f"# -*- coding: {cookie} -*-\n# {word}\nold\n"
    shown = diff(text.encode(encoding), text.replace("old", "new").encode(encoding))
    assert f" # {word}\n" in shown


def test_a_byte_order_mark_is_part_of_the_first_line():
    assert diff(b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfb\n")[3:] == ["-\ufeffa\n", "+\ufeffb\n"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.py", "./a.py"),
        ("/x/a.py", "/x/a.py"),
        ("../a.py", "../a.py"),
        ("with blank.py", "./with blank.py\t"),
        ("naïve.py", "./naïve.py"),
        ('quo"te.py', '"./quo\\"te.py"'),
        ("tab\t.py", '"./tab\\011.py"'),
        ("line\n.py", '"./line\\012.py"'),
        ("caf\udce9.py", '"./caf\\351.py"'),
        ("\x1b[31m.py", '"./\\033[31m.py"'),
    ],
)
def test_a_file_name_is_written_so_that_it_can_be_read_back(path, name):
    assert diff("a\n", "b\n", path)[:2] == [f"--- {name}\n", f"+++ {name}\n"]


@pytest.mark.parametrize("path", ["with blank.py", 'quo"te.py', "tab\t.py", "naïve.py", "deep/er/a.py"])
def test_git_finds_the_file_by_its_written_name(tmp_path, path):
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(b"a\n")
    subprocess.run(["git", "apply", "-"], input="".join(diff("a\n", "b\n", path)).encode(), cwd=tmp_path, check=True)
    assert (tmp_path / path).read_bytes() == b"b\n"
