"""Run the command line on real files, in the test's own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from migrator.cli import main

CHECKOUT = Path(__file__).parents[2]

Run = Callable[..., Result]


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    """An empty folder, which is the current one, and in which nothing asks for colour or none."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(here) -> Run:  # noqa: ARG001
    """Run ``migrator`` with some arguments in the folder `here`; it must not end in a traceback."""

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(main, list(arguments), prog_name="migrator")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def document(run) -> Callable[..., Any]:
    """Run a command with ``--format json``; the document that it prints."""
    return lambda *arguments: json.loads(run(*arguments, "--format", "json").stdout)


@pytest.fixture
def process(here) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run ``python -m migrator`` as a process of its own in the folder `here`."""

    def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        paths = os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        return subprocess.run(
            [sys.executable, "-m", "migrator", *arguments],
            cwd=here,
            env={**os.environ, "PYTHONPATH": paths, **environment},
            capture_output=True,
            timeout=60,
        )

    return process


@pytest.fixture
def table() -> Callable[[Path], Path]:
    """Plant the table of an API for toys in a folder: version 2 renames a method."""

    def table(folder: Path) -> Path:
        folder.mkdir(parents=True)
        (folder / "api.toml").write_text(
            '[api]\nid = "toys"\ntitle = "Toys"\nhosts = ["toys.test"]\npath = "/v{version}/do/{method}"\n'
        )
        source = 'source = { document = "changelog", version = "2", item = "1" }'
        (folder / "1-2.toml").write_text(
            'api = "toys"\nfrom = "1"\nto = "2"\n'
            '[[rule]]\nid = "toy"\nkind = "rename_method"\nold = "old_toy"\nnew = "new_toy"\n'
            f'advice = "Call new_toy."\n{source}\n'
            f'[[rule]]\nid = "version-2"\nkind = "raise_version"\norigin = "implied"\nadvice = "Call v2."\n{source}\n'
        )
        return folder

    return table
