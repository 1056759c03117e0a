"""Telling layouts apart, large streams in blocks, and files that appear whole or not at all."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator import Translator
from migrator.payload.streams.atomic_output import open_output
from migrator.payload.streams.byte_source import open_source
from migrator.payload.streams.stream_shape import StreamShape, detect_shape
from migrator.payload.streams.stream_stats import StreamStats
from migrator.payload.streams.translate_stream import translate_stream
from payload.documents import JSON

LINES, ARRAY, DOCUMENT = StreamShape.LINES, StreamShape.ARRAY, StreamShape.DOCUMENT


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        (b"", LINES),
        (b"{}", DOCUMENT),
        (b'{"a":1}\n', DOCUMENT),
        (b'\n\n{"a":1}\n\n', DOCUMENT),
        (b'{\n  "a": 1\n}', DOCUMENT),
        (b'{"a": 1,\n"b": 2}', DOCUMENT),
        (b'{"a":\n{"b": 2}\n}', DOCUMENT),
        (b"[]", ARRAY),
        (b'[{"a":1},{"a":2}]\n', ARRAY),
        (b'[\n{"a":1},\n{"a":2}\n]', ARRAY),
        (b'[{"a":1},\n {"a":2}]', ARRAY),
        (b'[\n{"a":},\n{"a":2}\n]', ARRAY),
        (b'{"a":1}\n{"a":2}', LINES),
        (b'{"a":1}\r\n{"a":2}\r\n', LINES),
        (b"[1]\n[2]\n", LINES),
        (b'{"a":1}\nbroken', LINES),
        (b'broken\n{"a":1}\n', LINES),
        (b'{"a":\n{"a":1}\n{"a":2}\n', LINES),
        (b"broken", DOCUMENT),
    ],
)
def test_the_layout_of_documents_is_told_by_looking(data, shape):
    assert detect_shape(data, complete=True) is shape


def test_the_end_of_a_block_is_no_broken_line():
    assert detect_shape(b'{"a":1}\n{"a":', complete=False) is LINES
    assert detect_shape(b'[\n{"a":1},\n{"a":', complete=False) is ARRAY
    assert detect_shape(b'{\n "a": [\n{"a":1}', complete=False) is DOCUMENT


@settings(max_examples=40, deadline=None)
@given(documents=st.lists(st.dictionaries(st.text(max_size=3), JSON), min_size=2, max_size=5), indent=st.integers(0, 3))
def test_what_was_written_as_lines_an_array_or_a_document_is_told_as_such(documents, indent):
    lines = "\n".join(json.dumps(document) for document in documents).encode()
    assert detect_shape(lines, complete=True) is LINES
    assert detect_shape(json.dumps(documents, indent=indent).encode(), complete=True) is ARRAY
    assert detect_shape(json.dumps({"a": documents}, indent=indent).encode(), complete=True) is DOCUMENT


@settings(max_examples=30, deadline=None)
@given(sizes=st.lists(st.sampled_from([1, 10, 1000, 200_000, 300_000]), max_size=5), end=st.sampled_from([b"", b"\n"]))
def test_lines_of_every_length_are_carried_one_by_one(sizes, end):
    lines = [b'{"action":"thread_closed","text":"%s"}' % (b"x" * size) for size in (1, 1, *sizes)]
    out, tally = io.BytesIO(), quiet()
    given = open_source(io.BytesIO(b"\n".join(lines) + end))
    read = sum(translate_stream(given, Translator("3.1", "3.2", TABLE).webhook_bytes, False, out, tally))
    assert out.getvalue() == b"\n".join(line.replace(b"thread_closed", b"chat_deactivated") for line in lines) + end
    assert (tally.documents, tally.changed, tally.lines) == (len(lines), len(lines), len(lines))
    assert read == len(b"\n".join(lines) + end)


TABLE = Translator("3.1", "3.2").table


def quiet():
    return StreamStats(lambda where, problem: pytest.fail(f"{where}: {problem}"))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process's memory")
def test_a_large_stream_needs_little_memory(tmp_path):
    line = json.dumps({"action": "thread_closed", "payload": {"text": "x" * 2000}}).encode() + b"\n"
    with (tmp_path / "in.jsonl").open("wb") as stream:
        for _ in range(100):
            stream.write(line * 500)
    told = (
        "import sys; from migrator.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: code = end.code\n"
        "peak, = [line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line]\n"
        "print(code, peak)"
    )
    files = [str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out")]
    command = [sys.executable, "-W", "ignore", "-c", told, "translate", *files, "--from", "3.1"]
    code, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert code == "0"
    assert (tmp_path / "out").stat().st_size > 100_000_000
    assert int(peak) < 50_000


def test_a_file_is_there_only_once_it_is_kept(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"before")
    first = open_output(str(path))
    first.stream.write(b"after")
    assert path.read_bytes() == b"before"
    first.commit()
    first.discard()
    assert path.read_bytes() == b"after"
    second = open_output(str(path))
    second.stream.write(b"forgotten")
    second.discard()
    assert path.read_bytes() == b"after"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_bytes(b"before")
    (tmp_path / "link").symlink_to("real")
    written = open_output(str(tmp_path / "link"))
    written.stream.write(b"after")
    written.commit()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"after"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device")
def test_a_device_is_written_to_as_it_is():
    written = open_output("/dev/null")
    written.stream.write(b"x")
    written.commit()
    assert Path("/dev/null").is_char_device()
