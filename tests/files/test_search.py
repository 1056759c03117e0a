"""Files are searched as bytes, and only those with a needle are kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.files.read import make_reader, read_bytes
from migrator.files.search_files import search_files
from planted import plant

NEEDLES = (b"get_bots", b"get_bots_all", b"getBots", b"thread_closed")


def hits(root, needles=NEEDLES):
    """The contents of the files that hold a needle, by their name."""
    return {path.removeprefix(f"{root}/"): data for path, data in search_files([str(root)], needles).hits.items()}


@pytest.mark.parametrize(
    "content",
    [
        b"get_bots",
        b"\xef\xbb\xbfx = 'getBots'\r\n",
        b"# coding: latin-1\n# \xe9 thread_closed",
        b"\x00\x00get_bots_all\x00",
        b"xget_botsx",
        b" " * (1 << 17) + b"getBots",
        b" " * ((1 << 17) - 3) + b"getBots" + b" " * (1 << 17),
    ],
)
def test_a_file_that_holds_a_needle_is_kept_with_its_bytes(tmp_path, content):
    plant(tmp_path, {"a.py": content, "b.py": "nothing"})
    assert hits(tmp_path) == {"a.py": content}


@pytest.mark.parametrize("content", ["", "get_bot", "GET_BOTS", "thread-closed", "get_\nbots"])
def test_a_file_without_a_needle_is_read_and_forgotten(tmp_path, content):
    plant(tmp_path, {"a.py": content})
    scanned = search_files([str(tmp_path)], NEEDLES)
    assert (scanned.hits, scanned.paths) == ({}, {f"{tmp_path}/a.py"})


def test_without_needles_nothing_is_found(tmp_path):
    plant(tmp_path, {"a.py": "get_bots"})
    assert hits(tmp_path, ()) == {}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("ab_", min_size=1, max_size=4), min_size=1, max_size=5), st.text("ab_ ", max_size=30))
def test_a_file_is_kept_exactly_when_a_plain_search_finds_a_needle(tmp_path_factory, needles, text):
    root = plant(tmp_path_factory.mktemp("tree"), {"a.py": text})
    assert bool(hits(root, [needle.encode() for needle in needles])) is any(needle in text for needle in needles)


@pytest.mark.parametrize("size", [0, 1, (1 << 17) - 1, 1 << 17, (1 << 17) + 1, 1 << 20])
def test_a_file_of_any_size_is_read_whole(tmp_path, size):
    content = bytes(index % 251 for index in range(size))
    plant(tmp_path, {"a.py": content})
    assert read_bytes(str(tmp_path / "a.py")) == content


def test_only_files_that_were_searched_can_be_read_again(tmp_path):
    plant(tmp_path, {"given/hit.py": "get_bots", "given/other.py": "x = 1", "given/.hidden/z.py": "", "outside.py": ""})
    scanned = search_files([str(tmp_path / "given")], NEEDLES)
    assert scanned.read_searched(f"{tmp_path}/given/hit.py") == b"get_bots"
    assert scanned.read_searched(f"{tmp_path}/given/other.py") == b"x = 1"
    for path in ("given/.hidden/z.py", "outside.py", "given/../outside.py", "given/absent.py"):
        with pytest.raises(FileNotFoundError):
            scanned.read_searched(f"{tmp_path}/{path}")


def test_progress_is_told_as_the_number_of_files_read(tmp_path):
    plant(tmp_path, {"a/x.py": "", "a/y.py": "", "b/z.py": ""})
    told: list[int] = []
    search_files([str(tmp_path)], NEEDLES, tick=told.append)
    assert (told, told[-1]) == (sorted(told), 3)


@pytest.mark.parametrize("start", [0, 1, (1 << 16) - 4, 1 << 16, (1 << 17) - 1, 200_000 - 8])
def test_a_file_beyond_the_limit_is_searched_to_its_end_and_refused_if_it_holds_a_needle(tmp_path, start):
    content = bytearray(b" " * 200_000)
    (tmp_path / "clean.bin").write_bytes(content)
    content[start : start + 8] = b"get_bots"
    (tmp_path / "hit.bin").write_bytes(content)
    read = make_reader(lambda data: b"get_bots" in data, longest=8, limit=1 << 16)
    assert read(str(tmp_path / "clean.bin")) is None
    with pytest.raises(OSError, match="too large"):
        read(str(tmp_path / "hit.bin"))
