from pathlib import Path

import hours
import tags

ARCHIVE = Path(__file__).parent.parent / "data" / "archive-2019.jsonl"


def test_hours():
    with ARCHIVE.open() as lines:
        assert hours.closed_by_hour(lines) == {"09": 2, "17": 1}


def test_tags():
    assert tags.tags() == {"invoice": 1}
