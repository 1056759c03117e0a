"""A small table of an invented API, in a folder of its own for each test that asks; puts this folder on the path."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

API = """\
[api]
id = "ferry"
title = "Ferry API"
hosts = ["*.ferry.example"]
path = "/v{version}/ferry/{method}"
methods = ["book_seat"]
words = ["ferry"]

[api.envelope]
name = "event"
keys = ["event", "body", "token"]
distinctive = ["token"]
foreign = ["frame"]
"""

FIRST = """\
api = "ferry"
from = "1.0"
to = "1.1"

[places]
event_name = [{ document = "webhook", path = "$.event" }, { document = "request", name = "watch", path = "$.event" }]

[[rule]]
id = "method-find"
kind = "rename_method"
old = "find_boat"
new = "find_ship"
advice = "Call find_ship."
source = { document = "changelog", version = "1.1", item = "1" }

[[rule]]
id = "webhook-left"
kind = "rename_webhook"
old = "boat_left"
new = "ship_left"
where = "event_name"
guard = { document = "webhook", path = "$.body.sort", equals = "boat" }
advice = "Handle ship_left."
source = { document = "changelog", version = "1.1", item = "2" }

[[rule]]
id = "key-pier"
kind = "remove_key"
old = "pier"
where = [{ document = "request", name = "find_boat", path = "$.pier" }]
restore = "north"
advice = "Call set_pier."
source = { document = "changelog", version = "1.1", item = "3" }

[rule.follow_up]
api = "harbour"
method = "set_pier"
url = "https://api.ferry.example/v1.1/harbour/set_pier"
arguments.pier = { from = "value" }
arguments.id = { from = "response", path = "$.id" }
"""

SECOND = """\
api = "ferry"
from = "1.1"
to = "1.10"

[[rule]]
id = "method-ship"
kind = "rename_method"
old = "find_ship"
new = "find_vessel"
advice = "Call find_vessel."
source = { document = "changelog", version = "1.10", item = "1" }

[[rule]]
id = "key-fare"
kind = "add_key"
new = "fare"
where = [{ document = "request", name = "book_seat", path = "$.fare" }]
value = { context = "fare" }
advice = "Send a fare."
source = { document = "changelog", version = "1.10", item = "2" }
"""

FERRY = {"api.toml": API, "first.toml": FIRST, "second.toml": SECOND}

Write = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files into a folder named `tables` and give the folder back."""

    def write(files: dict[str, str | bytes]) -> Path:
        folder = tmp_path / "tables"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


@pytest.fixture
def ferry(write: Write) -> Path:
    """The whole table, unbroken."""
    return write(dict(FERRY))


@pytest.fixture
def ferry_files() -> dict[str, str | bytes]:
    """The files of the table, to be broken."""
    return dict(FERRY)
