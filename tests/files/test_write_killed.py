"""A process is killed while it writes 200 files: each is old or new, and its leftovers go with the next command."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from migrator.cli.exit_codes import Exit
from writing import EMPTY, kept, migrator, tree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")

COUNT = 200
OLD, NEW = b"old = 1\n" * 2000, b"new = 22\n" * 2000
#: Writes all files as the codemod does. Each thing that it asks of the system is told by a byte on stdout; argv may say
#: on which one, of which kind, the process ends itself, just before it is done.
WRITER = """
import os, signal, sys
from migrator.cli.run import write_changes
from migrator.findings.finding import FileResult
from migrator.report.run_result import RunResult

folder, kind, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
old, new = b"old = 1\\n" * 2000, b"new = 22\\n" * 2000
paths = sorted(os.path.join(where, name) for where, _, names in os.walk(folder) for name in names if name[0] == "f")
results = []
for path in paths:
    with open(path, "rb") as file:
        before = file.read()
    results.append(FileResult(path, before, new))
seen = 0

def hook(event, arguments):
    global seen
    if event == kind and not str(arguments[1]).endswith((".json", "project")):
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)
    if not kind and event.startswith(("os.", "open", "tempfile.", "shutil.", "fcntl.")):
        os.write(1, b".")

sys.addaudithook(hook)
write_changes(RunResult((), len(paths), tuple(results)), [folder], lambda _: None)
"""


def planted(folder: Path) -> Path:
    """A folder with 200 old files, in ten folders."""
    for number in range(COUNT):
        path = folder / f"p{number % 10}" / f"f{number:03}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(OLD)
    return folder


def writer(folder: Path, kind: str = "", number: int = 0) -> subprocess.Popen[bytes]:
    """A process that writes all files of a folder."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), kind, str(number)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )


def whole(folder: Path) -> int:
    """How many files are new; each must be old or new, and none other there but one that a killed run was writing."""
    found = [content for name, content in tree(folder).items() if not name.endswith(".tmp")]
    assert len(found) == COUNT
    assert set(found) <= {OLD, NEW}
    return found.count(NEW)


def restored(folder: Path) -> bool:
    """Whether undo leaves every file as it was before any run, and no leftovers."""
    while migrator("undo", folder).exit_code == Exit.CLEAN:
        pass
    return whole(folder) == 0 and kept(folder) in ([], EMPTY) and not leftovers(folder)


def leftovers(folder: Path) -> list[str]:
    """The files that a killed run was writing."""
    return [name for name in tree(folder) if name.endswith(".tmp")]


def completed(folder: Path) -> bool:
    """Whether a second run makes every file new, and leaves no leftovers beside what it keeps."""
    with writer(folder) as process:
        process.communicate()
    names = {name.rpartition("/")[2] for name in kept(folder)}
    return whole(folder) == COUNT and not leftovers(folder) and names == {*EMPTY, "manifest.json", "originals.zip"}


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_from_outside_at_any_moment_leaves_every_file_old_or_new(tmp_path, seed):
    folder = planted(tmp_path)
    with writer(folder) as process:
        process.stdout.read(random.Random(seed).randrange(1, 12 * COUNT))
        process.kill()
    assert process.returncode == -signal.SIGKILL
    whole(folder)
    assert len(leftovers(folder)) <= 1
    assert restored(folder) if seed % 2 else completed(folder) and restored(folder)


@pytest.mark.parametrize(
    ("kind", "number", "new", "ending"),
    [
        ("os.mkdir", 2, 0, restored),
        ("os.mkdir", 3, 0, restored),
        ("os.mkdir", 4, 0, restored),
        ("os.rename", 1, 0, restored),
        ("os.rename", 57, 56, restored),
        ("os.rename", 200, 199, completed),
        ("os.chmod", 120, None, completed),
        ("os.remove", 1, 200, restored),
    ],
)
def test_a_kill_at_a_certain_step_leaves_as_many_files_new_as_were_done(tmp_path, kind, number, new, ending):
    folder = planted(tmp_path)
    with writer(folder, kind, number) as process:
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert whole(folder) == new if new is not None else 0 < whole(folder) < COUNT
    assert ending(folder)


def test_the_file_that_was_being_written_beside_the_old_one_is_swept_away_and_no_other(tmp_path):
    folder = planted(tmp_path)
    (folder / "p0/.migrator-mine.tmp").write_bytes(OLD)
    with writer(folder, "os.rename", 50) as process:
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    (leftover,) = [name for name in tree(folder) if name.endswith(".tmp") and "mine" not in name]
    assert leftover.split("/")[1].startswith(".migrator-")
    assert migrator("undo", folder).exit_code == Exit.CLEAN
    assert [name for name in tree(folder) if name.endswith(".tmp")] == ["p0/.migrator-mine.tmp"]


def test_a_kill_while_a_run_is_undone_leaves_every_file_old_or_new_and_the_next_undo_ends_it(tmp_path):
    folder = planted(tmp_path)
    assert completed(folder)
    script = (
        "import os, signal, sys\n"
        "from migrator.cli import main\n"
        "left = 80\n"
        "def hook(event, arguments):\n"
        "    global left\n"
        "    left -= event == 'os.rename'\n"
        "    if event == 'os.rename' and left == 0:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(hook)\n"
        "main(['undo', sys.argv[1]])\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=Path(__file__).parents[2])
    assert (killed.returncode, whole(folder)) == (-signal.SIGKILL, COUNT - 79)
    result = migrator("undo", folder)
    assert (result.exit_code, "121 files restored, 79 already unchanged." in result.stdout) == (Exit.CLEAN, True)
    assert (whole(folder), kept(folder)) == (0, EMPTY)
