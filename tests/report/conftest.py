"""One audit of everything for all tests of how it is told."""

import os

import pytest

from audited import EVERYTHING, audited
from migrator.report.run_result import RunResult


@pytest.fixture(scope="session")
def everything(tmp_path_factory) -> RunResult:
    """The run over all sorts of findings, and of names and code that mean mischief."""
    if os.name == "nt":
        pytest.skip("names that Windows does not allow")
    return audited(tmp_path_factory.mktemp("everything"), EVERYTHING, notes=True)


@pytest.fixture(scope="session")
def nothing(tmp_path_factory) -> RunResult:
    """The run over a file that has nothing to do with the API."""
    return audited(tmp_path_factory.mktemp("nothing"), {"a.py": "x = 1\n"})
