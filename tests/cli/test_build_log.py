"""Nothing that a project says is a command to the runner of its build, or to a terminal."""

import json
import re
import subprocess

import pytest

from calls import AFTER, BEFORE
from migrator.cli.exit_codes import Exit
from planted import plant

COMMANDS = ["::add-mask::x", "  ::add-mask::x", "##[add-mask]x", "x ##[group]y", "##vso[task.setvariable variable=a]b"]
#: GitHub's runner takes `::name::` after blanks for a command and `##[name]` anywhere; Azure's `##vso[...]` anywhere.
COMMAND = re.compile(r"^\s*::(?!stop-commands::|[0-9a-f]{32}::)|##\[|##vso\[", re.MULTILINE)
BUILDS = pytest.mark.parametrize(
    "build", [("GITHUB_ACTIONS", "true"), ("TF_BUILD", "True")], ids=lambda build: build[0]
)
TEXT = f'X = """\n{chr(10).join(COMMANDS)}\n"""\n'


def without_stopped(text: str) -> str:
    """What GitHub's runner searches for commands."""
    return re.sub(r"(?ms)^::stop-commands::([0-9a-f]{32})\n.*?^::\1::\n", "", text)


@BUILDS
@pytest.mark.parametrize(
    "arguments",
    [
        *(("codemod",), ("codemod", "--format", "json"), ("audit", "--show", "names"), ("explain", "a.py:1")),
        *(("audit", "--format", form) for form in ("json", "sarif", "junit", "markdown", "html")),
    ],
)
def test_no_code_is_a_command_in_the_log_of_a_build(here, run, monkeypatch, build, arguments):
    plant(here, {"a.py": TEXT + BEFORE.rstrip() + "  # ::x ##[add-mask]y ##vso[z]\n" + TEXT.replace("X", "Y")})
    monkeypatch.setenv(*build)
    result = run(*arguments)
    text = without_stopped(result.stdout) if build[0] == "GITHUB_ACTIONS" else result.stdout
    assert COMMAND.findall(text + result.stderr) == []


@BUILDS
@pytest.mark.parametrize("name", ["::add-mask::x", "##[add-mask]x", "a\n::add-mask::x", "\x1b[2Jx", "\u202ex"])
def test_no_name_is_a_command_in_a_message(here, run, monkeypatch, build, name):
    monkeypatch.setenv(*build)
    toml = f"[tool.migrator]\n{json.dumps(name)} = 1\n".encode()
    plant(here, {f"{name.replace('/', '')}.py": BEFORE + "(", "p/pyproject.toml": toml, "p/a.py": BEFORE})
    for arguments in (
        ("codemod",),
        ("audit",),
        ("audit", "p"),
        ("audit", "--select", name),
        ("undo", name),
        ("explain", name),
    ):
        result = run(*arguments)
        text = without_stopped(result.stdout) + result.stderr
        assert COMMAND.findall(text) == []
        assert re.findall("[\x1b\u202e]", text) == []


def test_json_of_a_build_log_means_the_same(here, run, monkeypatch):
    plant(here, {"a.py": BEFORE.rstrip() + "  # ##[add-mask]y\n"})
    plain = json.loads(run("audit", "--format", "json").stdout)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert json.loads(run("audit", "--format", "json").stdout) == plain


def test_a_diff_in_the_log_of_a_build_can_still_be_applied(here, run, monkeypatch):
    plant(here, {"a.py": TEXT + BEFORE})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    diff = run("codemod").stdout
    assert diff.startswith("::stop-commands::")
    assert diff != run("codemod").stdout, "the token can be guessed"
    (here / "x.patch").write_text(diff)
    subprocess.run(["git", "apply", "x.patch"], check=True, cwd=here)
    assert (here / "a.py").read_text() == TEXT + AFTER


def test_outside_of_a_build_nothing_is_escaped(here, run):
    plant(here, {"a.py": BEFORE.rstrip() + "  # ##[add-mask]x\n"})
    result = run("codemod")
    assert (result.exit_code, "##[add-mask]x" in result.stdout) == (Exit.CLEAN, True)
    assert "stop-commands" not in result.stdout
