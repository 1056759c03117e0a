"""What is installed finds its rules: from a wheel of its own, and from a checkout that is installed in place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from migrator.rules.load import load_rules

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
ASK = """
import json, migrator, migrator.rules.load as load
ids = [rule.id for rule in migrator.load_rules().all_rules()]
print(json.dumps({"ids": ids, "package": migrator.__file__, "rules": str(load.find_shipped_rules())}))
"""


@dataclass(frozen=True)
class Installed:
    """An environment in which migrator is installed, and a folder to run it from."""

    home: Path
    elsewhere: Path

    def program(self, name: str) -> str:
        """The path of a program of the environment."""
        folder, suffix = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
        return str(self.home / folder / (name + suffix))

    def run(self, *command: str) -> str:
        """What a program of the environment prints, run from elsewhere."""
        return run(self.program(command[0]), *command[1:], cwd=self.elsewhere)


def run(*command: str, cwd: Path) -> str:
    """What a command prints; its errors if it fails."""
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment(folder: Path) -> Installed:
    """A fresh environment in which nothing is installed."""
    installed = Installed(folder / "venv", folder / "elsewhere")
    installed.elsewhere.mkdir()
    venv.create(installed.home, with_pip=False)
    return installed


def lend(installed: Installed, *folders: str) -> None:
    """Let the environment import from further folders: a line each in a .pth file, after its own packages."""
    own = installed.run("python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    (Path(own) / "zz-lent.pth").write_text("\n".join(folders), "utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel as it is published: made from the source distribution, which is made from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture
def from_wheel(wheel, tmp_path) -> Installed:
    """The wheel in a fresh environment, without a network; what it depends on is lent by the running one."""
    installed = environment(tmp_path)
    pip = [sys.executable, "-m", "pip", "--python", installed.program("python"), "install"]
    run(*pip, "-q", "--no-index", "--no-deps", "--no-compile", str(wheel), cwd=tmp_path)
    lend(installed, *LIBRARIES)
    return installed


@pytest.fixture
def in_place(tmp_path) -> Installed:
    """The checkout as an editable install leaves it: a line in a .pth file that names its folder."""
    installed = environment(tmp_path)
    lend(installed, str(ROOT), *LIBRARIES)
    return installed


def files_of(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel and what they hold."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_under(folder: Path) -> dict[str, Path]:
    """Every file under a folder that is not a compiled module, by its path inside the folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path for path in files}


def uncompiled(folder: Path) -> set[Path]:
    """Every file under a folder, whatever it is, but for compiled modules."""
    return {path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def test_the_wheel_carries_every_module_and_every_table_and_nothing_else(wheel):
    carried = {name: content for name, content in files_of(wheel).items() if ".dist-info/" not in name}
    modules = {f"migrator/{name}": path for name, path in files_under(ROOT / "migrator").items()}
    tables = {f"migrator/tables/{name}": path for name, path in files_under(ROOT / "rules").items()}
    assert "migrator/tables/livechat/api.toml" in tables
    del modules["migrator/rules/build_hook.py"]  # builds the wheel, and serves nothing in it
    record = carried.pop("migrator/tables/SHA256SUMS")
    assert carried == {name: path.read_bytes() for name, path in {**modules, **tables}.items()}
    lines = [line.split("  ") for line in record.decode().splitlines()]
    assert {name for _, name in lines} == {name for name in files_under(ROOT / "rules") if name.endswith(".toml")}
    assert all(sha256(carried[f"migrator/tables/{name}"]).hexdigest() == digest for digest, name in lines)


def test_an_installed_wheel_finds_its_own_rules_from_any_folder(from_wheel):
    said = json.loads(from_wheel.run("python", "-I", "-c", ASK))
    assert said["ids"] == [rule.id for rule in load_rules().all_rules()]
    assert Path(said["package"]).is_relative_to(from_wheel.home)
    assert Path(said["rules"]).is_relative_to(from_wheel.home)
    assert json.loads(from_wheel.run("migrator", "rules", "--format", "json-schema"))["$defs"]


def test_an_installed_wheel_checks_its_tables_once_they_were_edited_and_writes_nothing(from_wheel):
    folder = Path(json.loads(from_wheel.run("python", "-I", "-c", ASK))["rules"])
    table = folder / "livechat" / "3.1-3.2.toml"
    loaded = "import sys, migrator; migrator.load_rules(); print('pydantic' in sys.modules)"
    assert from_wheel.run("python", "-I", "-c", loaded) == "False\n"
    table.write_bytes(table.read_bytes().replace(b'old = "create_bot_agent"', b'old = ""', 1))
    before = uncompiled(folder.parent)
    refused = subprocess.run(
        [from_wheel.program("migrator"), "rules"], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert f"{table}: row " in refused.stderr
    assert "key `old`" in refused.stderr
    assert "hint: " in refused.stderr
    assert "Traceback" not in refused.stderr
    assert table in before
    assert uncompiled(folder.parent) == before


def test_a_wheel_of_a_broken_table_is_not_built(tmp_path):
    checkout = shutil.copytree(ROOT, tmp_path / "checkout", ignore=shutil.ignore_patterns(".git", ".venv", "tests"))
    table = checkout / "rules" / "livechat" / "3.1-3.2.toml"
    table.write_bytes(table.read_bytes().replace(b'kind = "', b'kind = "un', 1))
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(tmp_path / "dist")]
    built = subprocess.run([*command, str(checkout)], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert built.returncode != 0
    assert "there is no such kind" in built.stdout + built.stderr
    assert not list(tmp_path.glob("dist/*.whl"))


def test_a_checkout_that_is_installed_in_place_finds_the_rules_beside_the_package(in_place):
    said = json.loads(in_place.run("python", "-I", "-c", ASK))
    assert said["ids"] == [rule.id for rule in load_rules().all_rules()]
    assert Path(said["package"]) == ROOT / "migrator" / "__init__.py"
    assert Path(said["rules"]) == ROOT / "rules"
