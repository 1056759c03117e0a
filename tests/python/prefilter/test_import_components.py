"""Files that have nothing to do with one another are looked at apart; those that import each other, together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpu_time import at_most
from migrator.matching.selection import Options
from migrator.python.analysis.project import Project
from migrator.python.migrate import migrate_files
from migrator.python.prefilter.import_components import find_components, find_files_between
from migrator.rules.load import load_rules

OPTIONS = Options(load_rules().chains())
CALL = 'import requests\nfrom base import URL\n\n\ndef hire():\n    return requests.post(URL + "/get_bot_agents")\n'
BASE = 'URL = "https://api.livechatinc.com/v3.1/configuration/action"\n'


def reader(tree):
    def read(path):
        if path not in tree:
            raise FileNotFoundError(path)
        return tree[path].encode()

    return read


def split(tree, *hits):
    """The parts of the files that are named, in a tree that holds more."""
    return find_components({path: tree[path].encode() for path in hits}, reader(tree))


@pytest.mark.parametrize(
    "line",
    [
        "import b",
        "import os, b",
        "import b as c",
        "import os; import b",
        "from b import x",
        "from . import b",
        "from .b import x",
        "from.b import x",
        "from .import b",
        "from . import (\n    a,  # one\n    b,\n)",
        "from . import a, \\\n    b",
        "from \\\n  b import x",
        "if True: from b import *",
        "\timport b",
        "import b.c",
        "import a, \\\n  b",
        "from . import (  # (one\n    a,\n    b,\n)",
        "from x import (\nfrom . import b",
        "@mock.patch('b.Client.get_bots')",
    ],
)
def test_a_file_and_one_that_it_imports_are_one_part(line):
    tree = {"a.py": line, "b.py": "", "c.py": "import os"}
    assert split(tree, "a.py", "b.py", "c.py") == [["a.py", "b.py"], ["c.py"]]


def test_two_files_that_meet_in_a_third_one_are_one_part():
    tree = {"a.py": "import z", "b.py": "from z import x", "z.py": "import d", "d.py": "", "c.py": "import d"}
    assert split(tree, "a.py", "b.py", "c.py") == [["a.py", "b.py"], ["c.py"]]


def test_what_a_package_hands_on_belongs_to_who_asks_for_it():
    tree = {"app.py": "from lib import Client", "lib/__init__.py": "from .client import Client", "lib/client.py": ""}
    assert split(tree, "app.py", "lib/client.py") == [["app.py", "lib/client.py"]]


def test_what_is_reached_through_the_name_of_a_package_is_of_the_same_part():
    tree = {"app.py": "import lib as l\nl.client.run()", "lib/__init__.py": "", "lib/client.py": "", "lib/x.py": ""}
    assert split(tree, "app.py", "lib/client.py", "lib/x.py") == [["app.py", "lib/client.py"], ["lib/x.py"]]


def test_a_conftest_is_of_the_part_of_every_file_beside_and_below_it():
    tree = {"t/test_a.py": "", "t/deep/test_b.py": "", "t/conftest.py": "", "u/test_c.py": ""}
    assert split(tree, *tree) == [["t/test_a.py", "t/deep/test_b.py", "t/conftest.py"], ["u/test_c.py"]]


def test_files_of_different_folders_that_share_their_names_are_parts_of_their_own():
    tree = {"one/a.py": "import b", "one/b.py": "", "two/a.py": "import b", "two/b.py": ""}
    assert split(tree, *tree) == [["one/a.py", "one/b.py"], ["two/a.py", "two/b.py"]]


@pytest.mark.parametrize(
    "piece", ["from a import (\n", "from a import (", "from.", "import ", "from a import \\\n", "'a.", "#("]
)
def test_a_text_that_never_ends_what_it_begins_is_read_in_a_moment(piece):
    with at_most(seconds=10):
        assert split({"a.py": piece * 200_000, "b.py": ""}, "a.py", "b.py") == [["a.py"], ["b.py"]]


NAMES = st.sampled_from(["a", "b", "pkg", "pkg.c", "pkg.sub.d", "os", "src.e", "e"])
IMPORTS = st.one_of(
    st.builds("import {}".format, NAMES),
    st.builds("import {} as x, {}".format, NAMES, NAMES),
    st.builds("from {} import {}".format, NAMES, st.sampled_from("abcde")),
    st.builds("from {} import {}".format, st.sampled_from([".", "..", ".a", "..pkg", ".sub"]), st.sampled_from("abcd")),
)
PATHS = ["a.py", "b.py", "pkg/__init__.py", "pkg/c.py", "pkg/sub/__init__.py", "pkg/sub/d.py", "src/e.py"]


@given(st.fixed_dictionaries({}, optional={path: st.lists(IMPORTS, max_size=3).map("\n".join) for path in PATHS}))
def test_no_import_that_the_finder_follows_leads_from_one_part_to_another(tree):
    files = {path: text.encode() for path, text in tree.items()}
    project = Project(files)
    home = {path: index for index, part in enumerate(find_components(files, None)) for path in part}
    assert home.keys() == files.keys()
    for path in files:
        assert {home[inner.path] for inner in project.imported_modules(project.load_module(path))} <= {home[path]}


def test_results_come_in_the_order_of_the_files_whatever_part_they_are_of():
    tree = {"one/call.py": CALL, "two/call.py": CALL, "one/base.py": BASE, "two/base.py": BASE}
    results = migrate_files({path: text.encode() for path, text in tree.items()}, OPTIONS)
    assert [result.path for result in results] == list(tree)
    assert all(result.is_changed for result in results)


def test_files_that_are_fetched_come_last_by_their_paths():
    tree = {"two/call.py": CALL, "one/call.py": CALL, "one/base.py": BASE, "two/base.py": BASE}
    hits = {path: tree[path].encode() for path in ("two/call.py", "one/call.py")}
    results = migrate_files(hits, OPTIONS, reader(tree))
    assert [result.path for result in results] == ["two/call.py", "one/call.py", "one/base.py", "two/base.py"]


@pytest.mark.parametrize(("count", "followed"), [(3, True), (300, False)])
def test_a_way_that_leads_through_very_many_files_is_not_followed(count, followed):
    middle = {f"m{number}.py": b"import base\n" for number in range(count)}
    files = {"start.py": "".join(f"import {path[:-3]}\n" for path in middle).encode(), **middle}

    def read(path):
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    found = find_files_between(["start.py"], {"base.py": b""}, read)
    assert found == (set(middle) if followed else set())


def test_files_are_joined_with_the_settings_of_a_project_for_an_address_alone():
    files = {
        "site/settings.py": b'import os\n\nURLS = {\n    "chat": "https://chat.test",\n}\nDEBUG = True\n',
        "site/asks.py": b'from django.conf import settings\n\nprint(settings.URLS["chat"])\n',
        "site/other.py": b"from django.conf import settings\n\nprint(settings.DEBUG)\n",
    }
    assert find_components(files, None) == [["site/settings.py", "site/asks.py"], ["site/other.py"]]
