"""Nobody pays for a library that their job does not need."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
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


@pytest.mark.parametrize("name", [name for name in migrator.__all__ if not name.startswith("_")])
def test_a_public_name_is_there_once_it_is_asked_for(name):
    assert getattr(migrator, name).__name__ == name
    assert name in dir(migrator)


def test_the_version_is_that_of_the_installed_package():
    assert migrator.__version__ == version("livechat-migrator")


PROGRAM = """
import aiohttp
import httpx
import httpx2
import requests
from collections.abc import Callable, Iterable

import migrator
import migrator.aiohttp
import migrator.asgi
import migrator.httpx
import migrator.httpx2
import migrator.requests
import migrator.wsgi
from migrator import AmbiguousVersionError, DocumentError, FollowUp, Loss, LossError, Missing, Translation, Translator
from migrator import Options, TranslationError, UnknownNameError, detect, load_rules, migrate_files, migrate_source
from migrator import translate_batch

translator = Translator("3.1", "3.2", context={"license_id": 1})
translation: Translation[bytes] = translator.webhook_bytes(b"{}")
losses: tuple[Loss, ...] = translation.losses
calls: tuple[FollowUp, ...] = translation.follow_ups
missing: tuple[Missing, ...] = translation.missing
document: bytes | None = translation.document
unknown: str | None = translation.unknown_name
lines: list[Translation[bytes] | TranslationError] = list(translate_batch(translator, [b"{}"]))
texts = [each.document for each in lines if isinstance(each, Translation)]
first: bytes | None = texts[0] if texts else None
found: str | None = detect({}).version
version: str = migrator.__version__
rules = load_rules()
text: str = migrate_source("x = 1", rules).after
results = migrate_files({"a.py": b"x = 1"}, Options(rules.chains("3.1", "3.2")))
raw: bytes = results[0].after
client = httpx.Client(transport=migrator.httpx.TranslatingTransport(translator, httpx.HTTPTransport()))
client2 = httpx2.AsyncClient(transport=migrator.httpx2.AsyncTranslatingTransport(translator))
middleware: aiohttp.ClientMiddlewareType = migrator.aiohttp.TranslatingMiddleware(translator)
session = requests.Session()
session.mount("https://", migrator.requests.TranslatingAdapter(translator))
try:
    translator.request("create_bot_agent", {})
except UnknownNameError as error:
    suggestions: tuple[str, ...] = error.suggestions
except (DocumentError, LossError, AmbiguousVersionError) as error:
    print(error)
"""


def test_a_program_that_uses_every_public_part_passes_mypy_strict(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "program.py"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, "Success: no issues found in 1 source file\n")


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = migrator.nonsense
