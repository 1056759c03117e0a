"""Each call of the operating system fails in turn, in each way that it can, and is interrupted, as SQLite tests itself.

After each fault every file is old or new, what was said is true, an interrupt ends the run, and undo restores exactly
what was changed and leaves nothing behind.
"""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from calls import AFTER, BEFORE
from faults import Fault, faults_of, watched
from migrator.cli.exit_codes import Exit
from migrator.cli.run import write_changes
from migrator.files.runs.restore import undo_run
from migrator.files.runs.run_archive import open_archive, recorded_root
from migrator.findings.finding import FileResult
from migrator.payload.streams.atomic_output import open_output
from migrator.report.run_result import RunResult
from planted import plant
from writing import EMPTY, kept, migrator, tree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the calls and errors of POSIX")

OLD = {"a.py": b"old = 1\n", "deep/b.py": b"older = 1\n"}
NEW = {"a.py": b"new = 22\n", "deep/b.py": b"newer = 22\n"}


def project(folder: Path) -> Path:
    """A project of its own, in which all files are old."""
    return plant(folder, {**OLD, ".git/HEAD": b""})


def write(folder: Path) -> RunResult:
    """Make all files new, as the codemod does."""
    results = tuple(FileResult(str(folder / name), before, NEW[name]) for name, before in OLD.items())
    return write_changes(RunResult((), len(results), results), [str(folder)], lambda _: None)


def changed(folder: Path) -> set[str]:
    """The files that are new; each must be old or new, and but for temporary ones there is no other."""
    found = {name: content for name, content in tree(folder).items() if not name.endswith(".tmp")}
    assert found.keys() == OLD.keys()
    assert all(content in (OLD[name], NEW[name]) for name, content in found.items())
    return {name for name, content in found.items() if content == NEW[name]}


def assert_all_is_undone(folder: Path) -> None:
    """Check that undo leaves every file old, and nothing else."""
    for _ in range(2):  # after a kill, the first only sweeps
        root = recorded_root(str(folder))
        if root is None:
            break
        with open_archive(root) as runs:
            assert not runs or not undo_run(runs[-1]).left
    assert tree(folder) == OLD
    assert set(kept(folder)) <= set(EMPTY)


def check_write(folder: Path, fault: Fault) -> None:
    try:
        with watched(fault):
            run = write(folder)
    except KeyboardInterrupt:
        assert fault.code is None
        changed(folder)
    else:
        assert fault.code is not None, "the interrupt was swallowed"
        assert {Path(path).relative_to(folder).as_posix() for path in run.written} == changed(folder)
        assert bool(run.failures) == (len(run.written) < len(OLD))
    assert_all_is_undone(folder)


def check_undo(folder: Path, fault: Fault) -> None:
    write(folder)
    with watched(fault):
        result = migrator("undo", folder)
    left = changed(folder)
    if fault.code is None:
        assert result.exit_code == Exit.INTERRUPTED
        assert left == OLD.keys() or "note: interrupted while restoring" in result.stderr
    else:
        said = {name for name in OLD if f"restored {folder.as_posix()}/{name}\n" in result.stdout}
        assert said == OLD.keys() - left
        assert (result.exit_code == Exit.CLEAN) == (not left)
        assert left or "nothing was restored" not in result.stderr
    assert_all_is_undone(folder)


@pytest.mark.parametrize("check", [check_write, check_undo])
def test_whatever_call_fails_or_is_interrupted_every_file_is_old_or_new_and_undo_restores_it(
    tmp_path, monkeypatch, check
):
    monkeypatch.setattr(os, "fsync", lambda _: None)
    first = project(tmp_path / "first")
    if check is check_undo:
        migrator("undo", first)  # what is imported on the first use looks for files too
        write(first)
    with watched() as watch:
        write(first) if check is check_write else migrator("undo", first)
    faults = list(faults_of(watch.calls))
    assert len(faults) > 200
    for number, fault in enumerate(faults):
        monkeypatch.setenv("MIGRATOR_STATE_DIR", str(tmp_path / f"state of {number}"))
        try:
            check(project(tmp_path / str(number)), fault)
        except AssertionError as error:
            raise AssertionError(f"{fault}: {error}") from error


def test_whatever_call_fails_or_is_interrupted_an_output_is_old_or_new(tmp_path):
    def produce(target: Path) -> None:
        out = open_output(str(target), str(tmp_path / "source"))
        try:
            out.stream.write(b"new\n")
            out.commit()
        finally:
            out.discard()

    plant(tmp_path, {"source": b"", "0/out": b"old\n"})
    with watched() as watch:
        produce(tmp_path / "0/out")
    for number, fault in enumerate((fault for fault in faults_of(watch.calls) if not (fault.code and fault.after)), 1):
        target = plant(tmp_path, {f"{number}/out": b"old\n"}) / f"{number}/out"
        ended: BaseException | None = None
        try:
            with watched(fault):
                produce(target)
        except (OSError, KeyboardInterrupt) as error:
            ended = error
        assert isinstance(ended, KeyboardInterrupt) == (fault.code is None), str(fault)
        assert target.read_bytes() in (
            (b"old\n", b"new\n") if fault.code is None else (b"old\n",) if ended else (b"new\n",)
        )
        produce(target)
        assert [path.name for path in target.parent.iterdir()] == ["out"], str(fault)


def test_an_interrupt_right_after_a_rename_ends_the_run_and_undo_knows_the_file(tmp_path):
    folder = project(tmp_path)
    with watched() as watch:
        write(folder)
    assert_all_is_undone(folder)
    renames = [number for number, call in enumerate(watch.calls, 1) if call == "replace"]
    for number in renames[1:]:  # the first is that of the manifest
        with watched(Fault("replace", number, after=True)), pytest.raises(KeyboardInterrupt):
            write(folder)
        assert changed(folder)
        assert_all_is_undone(folder)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_that_asks_the_process_to_end_is_an_interrupt(tmp_path, number, code):
    plant(tmp_path, {"a.py": BEFORE, "b.py": BEFORE})
    script = (
        "import os, sys\n"
        "from migrator.cli import main\n"
        "def hook(event, arguments):\n"
        "    if event == 'os.rename' and str(arguments[1]).endswith('b.py'):\n"
        f"        os.kill(os.getpid(), {int(number)})\n"
        "sys.addaudithook(hook)\n"
        "main(['codemod', '--write', sys.argv[1]])\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert (ran.returncode, ran.stdout) == (code, "")
    assert "note: interrupted while writing; `migrator undo" in ran.stderr
    assert (tmp_path / "a.py").read_text() == AFTER
    migrator("undo", tmp_path)
    assert tree(tmp_path) == {"a.py": BEFORE.encode(), "b.py": BEFORE.encode()}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_an_output_is_no_more_readable_than_its_input(tmp_path, mode):
    source = plant(tmp_path, {"in.json": "[]"}) / "in.json"
    source.chmod(mode)
    for name in ("out.json", "out.json.gz"):
        migrator("translate", "--to", "3.2", source, "-o", tmp_path / name)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == (mode | 0o600) & ~0o022


def test_an_output_keeps_the_mode_of_the_file_that_it_replaces(tmp_path):
    plant(tmp_path, {"in.json": "[]", "out.json": ""})
    (tmp_path / "out.json").chmod(0o600)
    migrator("translate", "--to", "3.2", tmp_path / "in.json", "-o", tmp_path / "out.json")
    assert stat.S_IMODE((tmp_path / "out.json").stat().st_mode) == 0o600
