"""Regular expressions mean the same in every Python that is supported."""

import re
from pathlib import Path

import migrator

#: A group that is repeated possessively, as in ``(?:ab)*+``.
POSSESSIVE = re.compile(r"\)(?:[*+?]|\{+[\d, ]+\}+)\+")


def test_no_group_is_repeated_possessively_which_python_got_wrong_before_3_11_5():
    files = sorted(Path(migrator.__file__).parent.rglob("*.py"))
    assert len(files) > 100
    assert [path.name for path in files if POSSESSIVE.search(path.read_text(encoding="utf-8"))] == []
