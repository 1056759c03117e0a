"""Nobody pays for a library that their job does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import migrator

PACKAGE = Path(migrator.__file__).parent


def imported_by(*modules: str) -> set[str]:
    """The libraries that a fresh interpreter has loaded after importing the modules."""
    code = f"import sys, {', '.join(modules)}; print(*(name for name in sys.modules if '.' not in name))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def modules_under(folder: str) -> list[str]:
    """Every module of a part of the package, by its dotted name."""
    paths = sorted((PACKAGE / folder).rglob("*.py"))
    names = (path.relative_to(PACKAGE.parent).with_suffix("").parts for path in paths)
    return [".".join(parts).removesuffix(".__init__") for parts in names]


def test_importing_migrator_loads_no_library():
    assert {"libcst", "pydantic", "rich", "click", "pathspec", "ahocorasick_rs"}.isdisjoint(imported_by("migrator"))


def test_translating_payloads_loads_no_parser():
    modules = modules_under("payload")
    assert "migrator.payload.translator" in modules
    assert "libcst" not in imported_by("migrator", *modules)


def test_loading_the_table_loads_no_parser():
    assert "libcst" not in imported_by("migrator", "migrator.rules.load")


def test_rows_that_are_loaded_need_no_library():
    assert "pydantic" not in imported_by("migrator.rules.table", "migrator.rules.spellings", "migrator.rules.json_path")


@pytest.mark.parametrize("name", migrator.__all__)
def test_a_public_name_is_there_once_it_is_asked_for(name):
    assert getattr(migrator, name).__name__ == name


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = migrator.nonsense
