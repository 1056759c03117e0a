"""README's commands are whole lines, and what they install is pinned."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SHELL = re.findall(r"^```(?:sh|bash|shell|console)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in SHELL for line in block.splitlines() if line and not line.startswith("#")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = [line for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if not line.startswith("#")]
ASKED = [*PROJECT["dependencies"], *(each for extra in PROJECT["optional-dependencies"].values() for each in extra)]


@pytest.mark.parametrize("command", COMMANDS, ids=[f"command {number}" for number, _ in enumerate(COMMANDS, 1)])
def test_a_command_of_the_readme_stands_on_one_line(command):
    assert not command.endswith(("\\", "&&", "||", "|", ";"))
    assert "<<" not in command


def test_one_line_of_the_readme_installs_and_passes_the_tests():
    (command,) = [command for command in COMMANDS if re.match("python3 -m venv .*pytest$", command)]
    assert "pip install" in command
    assert "-c requirements.lock" in command
    assert "[dev]" in command


def test_another_line_of_the_readme_installs_and_runs_the_codemod_on_the_sample():
    (command,) = [command for command in COMMANDS if re.match("python3 -m venv .*codemod", command)]
    assert "pip install" in command
    assert "samples/support_bot" in command


def test_ci_runs_the_readme_s_own_command():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "README.md" in script
    assert "pip install" not in script


def test_the_pins_are_names_and_versions_in_order():
    assert PINS
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+]+", pin) for pin in PINS)
    names = [canonicalize_name(pin.partition("==")[0]) for pin in PINS]
    assert len(set(names)) == len(names)
    assert [pin.lower() for pin in PINS] == sorted(pin.lower() for pin in PINS)


@pytest.mark.parametrize("requirement", sorted(set(ASKED)))
def test_a_requirement_is_pinned_to_a_version_that_it_allows(requirement):
    asked = Requirement(requirement)
    pinned = {canonicalize_name(name): version for name, _, version in (pin.partition("==") for pin in PINS)}
    assert asked.specifier.contains(pinned[canonicalize_name(asked.name)])
