"""The tables that come with migrator are checked once, and again whenever they or the checks have changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SCRIPT = """
import sys
from migrator.rules.table_errors import TableError
from migrator.rules.load import load_rules
try:
    rules = load_rules({folders})
except TableError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
print(len(list(rules.all_rules())), "pydantic" in sys.modules)
"""


@pytest.fixture
def copy(tmp_path):
    """A checkout of its own: the package, and its tables beside it."""
    unneeded = shutil.ignore_patterns("__pycache__", "payload", "code", "cli", "report", "files")
    shutil.copytree(CHECKOUT / "migrator", tmp_path / "migrator", ignore=unneeded)
    shutil.copytree(CHECKOUT / "rules", tmp_path / "rules")
    return tmp_path


def load(copy, folders="", **changes):
    """What loading the tables in a fresh interpreter says: how many rows there are, and whether they were checked."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", SCRIPT.format(folders=folders)]
    environment = kept | {"PYTHONPATH": str(copy)} | changes
    ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode == 2) == bool(ran.stderr), ran.stderr
    if ran.stderr:
        return ran.stderr
    rows, checked = ran.stdout.split()
    return int(rows), checked == "True"


def table(copy):
    """The file of one step."""
    return copy / "rules/livechat/3.1-3.2.toml"


def test_a_table_that_has_not_changed_is_checked_once(copy):
    (rows, first), *later = [load(copy) for _ in range(3)]
    assert (first, later) == (True, [(rows, False)] * 2)


def test_a_table_in_an_installed_package_was_checked_before(copy):
    checked = load(copy)[0]
    (copy / "rules").rename(copy / "migrator/tables")
    shutil.rmtree(copy / "migrator/rules/__pycache__")
    assert load(copy) == (checked, False)


def test_a_changed_table_is_checked_again(copy):
    rows, _ = load(copy)
    text = table(copy).read_bytes()
    times = table(copy).stat()
    table(copy).write_bytes(text.replace(b'advice = "', b'advice = "!', 1).replace(b"# ", b"#", 1))
    os.utime(table(copy), ns=(times.st_atime_ns, times.st_mtime_ns))
    assert load(copy) == (rows, True)
    table(copy).write_bytes(text)
    assert load(copy) == (rows, True)


def test_a_table_that_was_broken_since_is_refused_as_often_as_it_is_loaded(copy):
    load(copy)
    table(copy).write_bytes(table(copy).read_bytes().replace(b"kind =", b"kinds =", 1))
    refusals = [load(copy), load(copy)]
    assert "3.1-3.2.toml: row 1" in refusals[0]
    assert refusals[1] == refusals[0]


def test_a_table_that_is_new_or_gone_or_has_another_name_is_noticed(copy):
    load(copy)
    moved = table(copy).rename(copy / "rules/livechat/other-name.toml")
    assert load(copy)[1] is True
    moved.unlink()
    assert load(copy)[1] is True


def test_another_check_checks_again(copy):
    rows, _ = load(copy)
    check = copy / "migrator/rules/check_row.py"
    check.write_text(check.read_text("utf-8") + "\n# stricter\n", "utf-8")
    assert [load(copy), load(copy)] == [(rows, True), (rows, False)]


def test_tables_of_ones_own_are_always_checked(copy):
    rows, _ = load(copy)
    shutil.copytree(copy / "rules", copy / "own")
    for folders in ("'own', shipped=False", "'own/livechat', shipped=False", "'rules'"):
        assert load(copy, folders) == (rows, True)
    assert load(copy) == (rows, False)


def test_nothing_is_kept_where_compiled_modules_are_not(copy):
    unwritten = {"PYTHONDONTWRITEBYTECODE": "1"}
    assert [load(copy, **unwritten)[1] for _ in range(2)] == [True, True]
    assert not (copy / "migrator/rules/__pycache__").exists()


def test_nothing_but_the_proof_is_left_beside_the_compiled_modules(copy):
    load(copy)
    kept = {path.name for path in (copy / "migrator/rules/__pycache__").iterdir() if path.suffix != ".pyc"}
    assert kept == {"tables.proven"}
