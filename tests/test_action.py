"""The action for GitHub: its steps are run as a runner would, on real trees, also with inputs that want to be run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from calls import BEFORE, BROKEN, OTHER
from migrator.cli.exit_codes import Exit
from planted import plant

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".github" / "actions" / "audit"
ACTION = yaml.safe_load((FOLDER / "action.yml").read_text("utf-8"))
INSTALL, AUDIT = ACTION["runs"]["steps"]
_INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}\Z")

pytestmark = pytest.mark.skipif(not shutil.which("bash") or os.name == "nt", reason="no bash of its own")


@pytest.fixture
def step(tmp_path):
    """Run a step of the action in the folder `work`, as a runner does: its inputs are in the environment."""
    work, temporary = tmp_path / "work", tmp_path / "temp"
    work.mkdir()
    temporary.mkdir()

    def run(step, **inputs):
        given = {name: each["default"] for name, each in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): text for name, text in inputs.items()}
        script = tmp_path / "script.sh"
        script.write_text(step["run"], "utf-8")
        environment = {
            **os.environ,
            **{name: given[_INPUT.match(text)[1]] for name, text in step["env"].items()},
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "RUNNER_TEMP": str(temporary),
            "GITHUB_ACTION_PATH": str(FOLDER),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
        }
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        assert step["shell"] == "bash"
        return subprocess.run(
            shell, cwd=work, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300
        )

    return run


@pytest.fixture
def audit(step, tmp_path):
    """Run the step that audits, with a migrator that is there already."""
    program = tmp_path / "temp/migrator/bin/migrator"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m migrator "$@"\n', "utf-8")
    program.chmod(0o755)
    # The summary is a second run of migrator: only where it is looked at.
    return lambda **inputs: step(AUDIT, **{"summary": "false", **inputs})


@pytest.fixture
def work(tmp_path):
    """The checkout that the workflow looks at."""
    return tmp_path / "work"


def summary(work):
    """What the job shows on its page."""
    path = work.parent / "summary.md"
    return path.read_text("utf-8") if path.exists() else ""


def test_no_input_reaches_a_script_but_through_the_environment():
    assert ACTION["runs"]["using"] == "composite"
    for step in ACTION["runs"]["steps"]:
        assert set(step) == {"name", "shell", "env", "run"}
        assert "${{" not in step["run"]
        assert all(_INPUT.match(text) for text in step["env"].values())
    used = {_INPUT.match(text)[1] for step in ACTION["runs"]["steps"] for text in step["env"].values()}
    assert used == set(ACTION["inputs"])


def test_every_input_is_described_and_has_a_default_that_is_a_text():
    assert ACTION["inputs"]
    for each in ACTION["inputs"].values():
        assert each["description"]
        assert isinstance(each["default"], str)


def test_findings_are_annotations_and_fail_the_step(work, audit):
    plant(work, {"a.py": BEFORE})
    ran = audit(summary="true")
    assert ran.returncode == Exit.FINDINGS
    assert [line.split(",")[0] for line in ran.stdout.splitlines()] == ["::warning file=a.py"] * 2
    assert "`method-get-bot-agents`" in summary(work)


def test_a_clean_tree_passes(work, audit):
    plant(work, {"a.py": OTHER})
    ran = audit()
    assert (ran.returncode, ran.stdout) == (Exit.CLEAN, "")


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"fail_on": "never"}, Exit.CLEAN),
        ({"fail_on": "manual"}, Exit.CLEAN),
        ({"fail_on": "safe"}, Exit.FINDINGS),
        ({"fail_on": "sometimes"}, Exit.USAGE),
        ({"to": "3.1"}, Exit.CLEAN),
        ({"from": "3.1", "to": "3.2"}, Exit.FINDINGS),
        ({"from": "9.9"}, Exit.USAGE),
        ({"baseline": "missing.json"}, Exit.USAGE),
        ({"paths": "missing"}, Exit.USAGE),
        ({"paths": "b"}, Exit.CLEAN),
        ({"paths": "b\n\na.py\r\n"}, Exit.FINDINGS),
        ({"paths": ""}, Exit.FINDINGS),
        ({"sarif": "no/such/folder.sarif"}, Exit.USAGE),
        ({"format": "colourful"}, Exit.USAGE),
    ],
    ids=lambda value: None if isinstance(value, Exit) else ", ".join(f"{k} is {v!r}" for k, v in value.items()),
)
def test_an_input_is_the_option_of_its_name(work, audit, inputs, code):
    plant(work, {"a.py": BEFORE, "b/c.py": OTHER})
    ran = audit(**inputs)
    assert ran.returncode == code, ran.stderr
    assert code is not Exit.USAGE or ran.stderr


def test_a_file_that_cannot_be_read_fails_the_step_and_is_in_every_form(work, audit):
    plant(work, {"a.py": BEFORE, "b.py": BROKEN})
    ran = audit(sarif="found.sarif", fail_on="never", summary="true")
    assert ran.returncode == Exit.UNREAD
    assert "b.py" in ran.stdout
    assert "b.py" in summary(work)
    assert "b.py" in (work / "found.sarif").read_text("utf-8")


def test_the_baseline_is_used(work, audit):
    plant(work, {"a.py": BEFORE})
    write = ["audit", "--baseline", "known.json", "--write-baseline"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "migrator", *write], cwd=work, env=environment, check=True, timeout=60)
    assert audit(baseline="known.json").returncode == Exit.CLEAN


def test_the_sarif_file_holds_the_findings(work, audit):
    plant(work, {"a.py": BEFORE})
    audit(sarif="found.sarif", format="text")
    (run,) = json.loads((work / "found.sarif").read_text("utf-8"))["runs"]
    assert len(run["results"]) == 2
    assert summary(work) == ""


def test_a_report_that_is_too_long_for_a_summary_is_left_out(work, audit):
    program = work.parent / "temp/migrator/bin/migrator"
    long = 'case $option in --output=*) head -c 2000000 /dev/zero > "${option#*=}";; esac'
    program.write_text(f"#!/bin/sh\nfor option; do {long}; done\n")
    assert audit(summary="true").returncode == 0
    assert "see the log" in summary(work)


EVIL = """$(touch pwned)`touch pwned`"; touch pwned; "'; touch pwned; '"""


@pytest.mark.parametrize("name", [name for name in ACTION["inputs"] if name != "version"])
def test_an_input_is_never_obeyed(work, audit, name):
    program = work.parent / "temp/migrator/bin/migrator"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', "utf-8")  # the shell is what could obey
    shown = audit(**{name: EVIL}).stdout
    assert name in ("sarif", "summary") or EVIL in shown
    assert not (work / "pwned").exists()


@pytest.mark.parametrize("name", [EVIL, "--help", "a b*"], ids=["quotes and calls", "an option", "a pattern"])
def test_a_folder_with_any_name_can_be_looked_at(work, audit, name):
    plant(work, {f"{name}/a.py": BEFORE, "b.py": OTHER})
    ran = audit(paths=name)
    assert ran.returncode == Exit.FINDINGS, ran.stderr
    assert f"file={name}/a.py," in ran.stdout
    assert not (work / "pwned").exists()


def test_it_installs_the_migrator_that_it_comes_with(work, step, monkeypatch, tmp_path):
    for name, text in {"NO_INDEX": "1", "NO_DEPS": "1", "NO_BUILD_ISOLATION": "0", "CACHE_DIR": "off"}.items():
        monkeypatch.setenv(f"PIP_{name}", text)
    # The build backend and the dependencies are those of this environment: nothing is fetched.
    monkeypatch.setenv("PYTHONPATH", sysconfig.get_path("purelib"))
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    installed = step(INSTALL)
    assert installed.returncode == 0, installed.stderr
    plant(work, {"a.py": BEFORE})
    ran = step(AUDIT)
    assert (ran.returncode, ran.stdout.count("::warning file=a.py")) == (Exit.FINDINGS, 2), ran.stderr


def test_a_version_that_cannot_be_had_fails_the_step(work, step, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    ran = step(INSTALL, version=f"0.0.0{EVIL}")
    assert ran.returncode != 0
    assert not (work / "pwned").exists()


def test_an_old_python_is_told(step, tmp_path, monkeypatch):
    old = tmp_path / "old"
    plant(old, dict.fromkeys(("python3", "python"), "#!/bin/sh\nexit 1\n"))
    for name in ("python3", "python"):
        (old / name).chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(old / "python3"))
    ran = step(INSTALL)
    assert (ran.returncode, "Python 3.11 or newer" in ran.stdout) == (2, True)
