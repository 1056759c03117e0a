"""Output on terminals, pipes and consoles of every kind."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from calls import BEFORE, LEFT
from migrator.cli.exit_codes import Exit
from planted import plant

CHECKOUT = Path(__file__).parents[2]
#: Runs migrator as from a shell's foreground: a background job, and so all that it starts, would ignore an interrupt.
INTERRUPTIBLE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("migrator", run_name="__main__")
"""
FULL = Path("/dev/full")
COLOR = re.compile(r"\x1b\[\d+m")


def on_a_terminal(folder, *arguments, module="migrator", **environment):
    """What a module prints when it is run on a terminal, and its exit code; what migrator tells on stderr is lost."""
    import pty

    paths = os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**plain, "TERM": "xterm", "PYTHONPATH": paths, **environment},
        stdin=follower,
        stdout=follower,
        stderr=follower if module != "migrator" else subprocess.DEVNULL,
    )
    os.close(follower)
    shown = b""
    try:
        while data := os.read(leader, 1 << 16):
            shown += data
    except OSError:  # Linux: the other end is closed
        pass
    os.close(leader)
    return shown.decode(), process.wait(timeout=30)


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a thing of POSIX")
class TestOnATerminal:
    def test_the_text_is_coloured(self, here):
        plant(here, {"a.py": BEFORE, "b.py": LEFT})
        shown, code = on_a_terminal(here, "codemod")
        assert ("\x1b[32m+requests.post(" in shown, "\x1b[31m[manual]\x1b[0m" in shown, code) == (
            True,
            True,
            Exit.CLEAN,
        )

    @pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
    def test_it_is_not_where_the_user_wants_none(self, here, environment):
        plant(here, {"a.py": BEFORE})
        assert not COLOR.search(on_a_terminal(here, "codemod", **environment)[0])

    def test_it_is_not_when_asked_for_none(self, here):
        plant(here, {"a.py": BEFORE})
        assert not COLOR.search(on_a_terminal(here, "codemod", "--color", "never")[0])

    def test_control_characters_in_code_and_names_are_shown_and_not_obeyed(self, here):
        plant(here, {"a\x1b[2J.py": "# \x1b]0;title\x07\n" + BEFORE, "b\x1b[2J.py": LEFT})
        shown, _ = on_a_terminal(here, "codemod")
        assert (r" # \x1b]0;title\x07" in shown, r"b\x1b[2J.py:3:65" in shown) == (True, True)
        assert not {"\x1b[2J", "\x1b]0"} & set(re.findall(r"\x1b[\[\]]\d\w?", shown))

    def test_a_carriage_return_does_not_overwrite_a_line(self, here):
        plant(here, {"a.py": BEFORE.replace("\n", "\r\n")})
        shown, _ = on_a_terminal(here, "codemod", "--color", "never")
        assert "\r\r\n" not in shown

    @pytest.mark.parametrize(("patience", "shown"), [(0, True), (1000, False)])
    def test_progress_is_shown_in_a_run_that_takes_long_and_taken_away_again(self, here, patience, shown):
        lines = [
            "from migrator.report.text.progress import show_progress",
            f"with show_progress(patience={patience}) as tell:",
            "    tell('searching: 3 files [/red]')",
            "print('done')",
        ]
        plant(here, {"long.py": "\n".join(lines)})
        text, _ = on_a_terminal(here, module="long")
        assert (("searching: 3 files [/red]" in text), ("\x1b[2K" in text)) == (shown, shown)
        assert text.rstrip().endswith("done")


def test_a_pipe_gets_no_colour_unless_it_is_asked_for(here, process):
    plant(here, {"a.py": BEFORE})
    assert b"\x1b[" not in process("codemod").stdout
    assert b"\x1b[" in process("codemod", "--color", "always").stdout


def test_code_that_holds_escapes_reaches_a_pipe_as_it_is(here, process):
    plant(here, {"a.py": "# \x1b[31m\n" + BEFORE})
    assert b"\n # \x1b[31m\n" in process("codemod").stdout


@pytest.mark.parametrize("command", ["codemod", "audit"])
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_console_of_any_encoding_can_be_written_to(here, process, command, encoding):
    plant(here, {"имя.py": "# имя\n" + BEFORE, "имя-left.py": "# имя\n" + LEFT})
    ran = process(command, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (ran.returncode in (Exit.CLEAN, Exit.FINDINGS), b"Traceback" in ran.stderr) == (True, False)
    escaped = b"\\u0438\\u043c\\u044f-left.py:4:65"
    assert (escaped if encoding == "cp1252" else "имя-left.py:4:65".encode()) in ran.stdout


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_name_that_is_no_text_can_be_told(here, process, form):
    plant(here, {os.fsdecode(b"caf\xe9.py"): BEFORE, os.fsdecode(b"left\xe9.py"): LEFT})
    ran = process("codemod", "--write", "--format", form)
    assert (ran.returncode, ran.stderr) == (Exit.CLEAN, b"")
    assert b"left\\xe9.py" in ran.stdout.replace(b"\\\\", b"\\")
    assert b"list_bots" in Path(os.fsdecode(os.fsencode(here) + b"/caf\xe9.py")).read_bytes()


@pytest.fixture(params=["", "1"], ids=["buffered", "unbuffered"])
def piped(here, request):
    """A run that writes files and then prints more than a pipe holds; it has begun to print and waits for a reader."""
    if os.name == "nt":
        pytest.skip("pipes and signals of POSIX")
    plant(here, {f"{number}.py": BEFORE + "# " + "x" * 100_000 for number in range(6)})
    paths = os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "codemod", "--write", "--diff"],
        cwd=here,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": request.param},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(10) == b"--- ./0.py"
        yield process
    assert all("list_bots" in (here / f"{number}.py").read_text() for number in range(6))


def test_a_reader_that_goes_away_ends_the_run_quietly_and_everything_is_written(piped):
    piped.stdout.close()
    assert (piped.wait(timeout=30), piped.stderr.read()) == (Exit.PIPE_CLOSED, b"")


def test_an_interrupt_ends_the_run_quietly_and_everything_is_written(piped):
    piped.send_signal(signal.SIGINT)
    assert (piped.wait(timeout=30), piped.stderr.read()) == (Exit.INTERRUPTED, b"")


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is full")
@pytest.mark.parametrize("arguments", [["audit"], ["audit", "--format", "json"], ["codemod"], ["rules"]], ids=" ".join)
def test_a_result_that_cannot_be_written_is_an_error_and_not_a_finding(here, arguments):
    plant(here, {"a.py": BEFORE})
    paths = os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])
    with FULL.open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "migrator", *arguments],
            cwd=here,
            env={**os.environ, "PYTHONPATH": paths},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (
        Exit.USAGE,
        b"Error: cannot write the result: No space left on device",
    )
