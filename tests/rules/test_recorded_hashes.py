"""An installed table is trusted only while its bytes have the hash that the build recorded; any other is checked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from migrator.rules.recorded_hashes import RECORD_NAME, format_record

CHECKOUT = Path(__file__).parents[2]
SCRIPT = """
import sys
from migrator.rules.load import load_rules
from migrator.rules.table_errors import TableError
try:
    rules = load_rules({folders})
except TableError as error:
    sys.exit(str(error))
print(len(list(rules.all_rules())), "pydantic" in sys.modules)
"""
WITHOUT_CHECKS, CHECKED = False, True


@dataclass(frozen=True)
class InstalledPackage:
    """A copy of the package and its tables, laid out as a wheel installs them."""

    site: Path

    @property
    def step(self) -> Path:
        """The file of one step."""
        return self.tables / "livechat/3.1-3.2.toml"

    @property
    def tables(self) -> Path:
        """The folder of the tables."""
        return self.site / "migrator/tables"

    def replace(self, old: bytes, new: bytes) -> None:
        """Replace the first occurrence of some bytes in the file of one step."""
        content = self.step.read_bytes()
        assert old in content
        self.step.write_bytes(content.replace(old, new, 1))

    def run(self, folders: str) -> subprocess.CompletedProcess[str]:
        """Load the tables in a fresh interpreter."""
        command = [sys.executable, "-c", SCRIPT.format(folders=folders)]
        environment = {**os.environ, "PYTHONPATH": str(self.site), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(command, cwd=self.site, env=environment, capture_output=True, text=True, check=False)

    def load(self, folders: str = "") -> tuple[int, bool]:
        """Return how many rows were loaded, and whether they were checked."""
        ran = self.run(folders)
        assert ran.returncode == 0, ran.stderr
        rows, checked = ran.stdout.split()
        return int(rows), checked == "True"

    def refusal(self) -> str:
        """Return the message with which the tables are refused."""
        ran = self.run("")
        assert ran.returncode == 1
        assert "Traceback" not in ran.stderr
        return ran.stderr

    def files(self) -> dict[Path, bytes]:
        """Return every file of the package with its content."""
        return {path: path.read_bytes() for path in self.site.rglob("*") if path.is_file()}


@pytest.fixture
def checkout(tmp_path):
    """A checkout of its own: the package, and its tables beside it."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CHECKOUT / "migrator/rules", tmp_path / "migrator/rules", ignore=ignore)
    shutil.copytree(CHECKOUT / "migrator/files", tmp_path / "migrator/files", ignore=ignore)
    shutil.copy(CHECKOUT / "migrator/__init__.py", tmp_path / "migrator/__init__.py")
    shutil.copytree(CHECKOUT / "rules", tmp_path / "rules")
    return InstalledPackage(tmp_path)


@pytest.fixture
def installed(checkout):
    """The same as a wheel installs it: the tables inside the package, with the record of the build."""
    (checkout.site / "rules").rename(checkout.tables)
    tables = {path.relative_to(checkout.tables).as_posix(): path for path in checkout.tables.rglob("*.toml")}
    record = format_record({name: path.read_bytes() for name, path in tables.items()})
    (checkout.tables / RECORD_NAME).write_text(record, "utf-8", newline="\n")
    return checkout


def test_installed_tables_with_their_recorded_hashes_are_not_checked_again(checkout, request):
    rows, checked = checkout.load()
    assert checked
    installed = request.getfixturevalue("installed")
    assert installed.load() == (rows, WITHOUT_CHECKS)


def test_the_tables_of_a_checkout_are_checked_every_time(checkout):
    assert [checkout.load()[1] for _ in range(2)] == [CHECKED, CHECKED]


def test_installed_tables_without_a_record_are_checked(installed):
    (installed.tables / RECORD_NAME).unlink()
    assert installed.load()[1] is CHECKED


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(b'old = "create_bot_agent"', b'old = ""', "key `old`", id="an empty name"),
        pytest.param(b'kind = "rename_method"', b'kind = "rename_methods"', "there is no such kind", id="a kind"),
        pytest.param(b'\nkind = "', b'\nkinds = "', "the row has no kind", id="a key"),
    ],
)
def test_an_edited_installed_table_is_refused_with_file_row_and_hint(installed, old, new, message):
    installed.replace(old, new)
    said = installed.refusal()
    assert f"{installed.step}: row " in said
    assert message in said
    assert "\n  hint: " in said
    assert installed.refusal() == said


@pytest.mark.parametrize("kept", [0, 40, 1000], ids=["empty", "inside the head", "inside a row"])
def test_a_truncated_installed_table_is_refused_with_its_file_and_a_hint(installed, kept):
    installed.step.write_bytes(installed.step.read_bytes()[:kept])
    said = installed.refusal()
    assert f"{installed.step}: " in said
    assert "\n  hint: " in said


def test_an_edited_installed_table_that_is_still_valid_is_checked_and_loaded(installed):
    rows, _ = installed.load()
    installed.replace(b'advice = "', b'advice = "!')
    assert installed.load() == (rows, CHECKED)


def test_an_installed_table_that_is_new_missing_or_renamed_is_noticed(installed):
    moved = installed.step.rename(installed.step.with_name("other-name.toml"))
    assert installed.load()[1] is CHECKED
    content = moved.read_bytes()
    moved.unlink()
    assert installed.load()[1] is CHECKED
    installed.step.write_bytes(content)
    assert installed.load()[1] is WITHOUT_CHECKS
    moved.write_bytes(content)
    assert "is used twice" in installed.refusal()


@pytest.mark.parametrize("record", ["", "nonsense\n", "\0"])
def test_a_damaged_record_means_that_the_tables_are_checked(installed, record):
    (installed.tables / RECORD_NAME).write_text(record, "utf-8")
    assert installed.load()[1] is CHECKED


def test_tables_of_ones_own_are_always_checked(installed):
    rows, _ = installed.load()
    shutil.copytree(installed.tables, installed.site / "own")
    for folders in ("'own', shipped=False", "'own/livechat', shipped=False"):
        assert installed.load(folders) == (rows, CHECKED)


def test_loading_tables_writes_nothing_into_the_package(installed):
    before = installed.files()
    assert before
    installed.load()
    installed.replace(b'advice = "', b'advice = "!')
    edited = installed.files()
    installed.load()
    assert installed.files() == edited
    assert edited.keys() == before.keys()
