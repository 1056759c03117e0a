"""The codemod writes to trees that are read-only, full, in circles, changed meanwhile, huge or no Python at all."""

import contextlib
import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from calls import AFTER, BEFORE, BOTS, BOTS_AFTER, OTHER
from migrator.cli.exit_codes import Exit
from migrator.cli.options import CommandOptions
from migrator.cli.run import find_changes, write_changes
from migrator.cli.run_settings import load_settings
from migrator.files.atomic_write import replace_file
from mounted import mounted
from planted import plant
from unprivileged import unprivileged
from writing import EMPTY, kept, migrator, records, tree

posix = pytest.mark.skipif(os.name == "nt", reason="mode bits and links of POSIX")


def asked(folder: Path) -> CommandOptions:
    """What ``migrator codemod FOLDER`` is asked."""
    none: tuple[str, ...] = ()
    given = {"paths": (str(folder),), "rules": none, "select": none, "ignore": none, "exclude": none}
    flags = {"unsafe": False, "reverse": False, "rename_wrappers": False}
    return CommandOptions(**given, **flags, source=None, target=None, api=None, jobs=None)


def test_a_read_only_file_is_left_and_named_and_the_others_are_written(tmp_path):
    plant(tmp_path, {"a.py": BEFORE, "b.py": BEFORE})
    (tmp_path / "a.py").chmod(0o444)
    result = migrator("codemod", "--write", tmp_path)
    told, note = result.stderr.splitlines()
    assert (result.exit_code, told) == (Exit.UNREAD, f"error: {tmp_path}/a.py: not written: is read-only")
    assert note == (
        "note: a file with edits was left unchanged, so the code may now use two versions; "
        f"fix the error and run again, or `migrator undo {tmp_path}`."
    )
    assert tree(tmp_path) == {"a.py": BEFORE.encode(), "b.py": AFTER.encode()}
    assert migrator("undo", tmp_path).exit_code == Exit.CLEAN
    assert tree(tmp_path) == {"a.py": BEFORE.encode(), "b.py": BEFORE.encode()}


@posix
def test_files_in_a_read_only_folder_are_left_and_named_and_the_others_are_written(tmp_path):
    plant(tmp_path, {"deep/a.py": BEFORE, "b.py": BEFORE})
    (tmp_path / "deep").chmod(0o555)
    with unprivileged():
        result = migrator("codemod", "--write", tmp_path)
    (tmp_path / "deep").chmod(0o755)
    assert (result.exit_code, "deep/a.py: not written: Permission denied" in result.stderr) == (Exit.UNREAD, True)
    assert tree(tmp_path) == {"deep/a.py": BEFORE.encode(), "b.py": AFTER.encode()}


@posix
def test_where_the_originals_cannot_be_kept_nothing_is_written(tmp_path, state_folder):
    plant(tmp_path, {"deep/a.py": BEFORE, "pyproject.toml": ""})
    before = tree(tmp_path)
    state_folder.chmod(0o555)
    with unprivileged():
        result = migrator("codemod", "--write", tmp_path)
    state_folder.chmod(0o755)
    assert (result.exit_code, tree(tmp_path)) == (Exit.UNREAD, before)
    says = f"{records(tmp_path)}: cannot keep the originals here, so nothing was written: Permission denied\n"
    assert result.stderr.endswith(says)
    assert "Nothing was written." in result.stdout


def test_on_a_disk_without_room_for_the_originals_nothing_is_written(tmp_path, monkeypatch):
    home = plant(tmp_path / "project", {"a.py": BEFORE, "b.py": BEFORE})
    with mounted(tmp_path / "disk", "1m") as disk:
        monkeypatch.setenv("MIGRATOR_STATE_DIR", str(disk / "state"))
        fill(disk)
        before = tree(home)
        result = migrator("codemod", "--write", home)
        assert (result.exit_code, "No space left on device" in result.stderr) == (Exit.UNREAD, True)
        assert (tree(home), [name for name in kept(home) if name not in EMPTY]) == (before, [])
        (disk / "full").unlink()
        assert migrator("codemod", "--write", home).exit_code == Exit.CLEAN
        assert (home / "a.py").read_text() == AFTER


def test_files_that_a_full_disk_has_no_room_for_are_left_and_named_and_the_others_are_written(tmp_path):
    plant(tmp_path, {"pyproject.toml": "", "b.py": BEFORE})
    with mounted(tmp_path / "disk", "1m") as disk:
        plant(disk, {"a.py": BEFORE})
        fill(disk)
        before = tree(disk)
        result = migrator("codemod", "--write", tmp_path)
        assert (result.exit_code, "a.py: not written: No space left on device" in result.stderr) == (Exit.UNREAD, True)
        assert (tree(disk), (tmp_path / "b.py").read_text()) == (before, AFTER)


def fill(disk: Path) -> None:
    """Leave no room at all."""
    with (disk / "full").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    assert os.statvfs(disk).f_bavail == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits the size of a file that a process may write")
def test_originals_that_are_too_large_to_be_kept_keep_everything_from_being_written(tmp_path):
    noise = "".join(f"# {os.urandom(30).hex()}\n" for _ in range(4000))
    before = tree(plant(tmp_path, {"a.py": BEFORE, "large.py": BEFORE + noise}))
    script = """
        import resource, signal, sys
        from migrator.cli import main
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
        main(["codemod", "--write", sys.argv[1]])
    """
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert (ran.returncode, "so nothing was written: File too large\n" in ran.stderr) == (Exit.UNREAD, True)
    assert (tree(tmp_path), kept(tmp_path)) == (before, EMPTY)


def test_a_file_that_changes_between_read_and_write_is_left_and_named_and_undo_does_not_know_it(tmp_path):
    plant(tmp_path, {"a.py": BEFORE, "b.py": BEFORE})
    run = find_changes(load_settings(asked(tmp_path)), lambda _: None)
    plant(tmp_path, {"a.py": BEFORE + "mine = 1\n"})
    run = write_changes(run, [str(tmp_path)], lambda _: None)
    assert [(failure.path, failure.message) for failure in run.failures] == [
        (f"{tmp_path}/a.py", "not written: changed since it was read")
    ]
    assert tree(tmp_path) == {"a.py": (BEFORE + "mine = 1\n").encode(), "b.py": AFTER.encode()}
    assert migrator("undo", tmp_path).exit_code == Exit.CLEAN
    assert tree(tmp_path) == {"a.py": (BEFORE + "mine = 1\n").encode(), "b.py": BEFORE.encode()}


@posix
def test_links_are_kept_those_inside_change_their_target_once_and_those_outside_nothing(tmp_path):
    given = (
        plant(tmp_path, {"given/bin/tool": BEFORE, "given/own.py": BEFORE, "out.py": BEFORE, "lib/l.py": BEFORE})
        / "given"
    )
    links = {"in.py": "bin/tool", "again.py": "in.py", "own2.py": "own.py", "out.py": "../out.py", "lib": "../lib"}
    links |= {"up": "..", "self": "self", "self.py": "self.py", "gone.py": "nowhere.py", "bin/loop": "../bin"}
    for name, target in links.items():
        (given / name).symlink_to(target)
    assert migrator("codemod", "--write", given).exit_code == Exit.CLEAN
    assert {name: str((given / name).readlink()) for name in links} == links
    assert [(given / name).read_text() for name in ("bin/tool", "own.py")] == [AFTER, AFTER]
    assert [(tmp_path / name).read_text() for name in ("out.py", "lib/l.py")] == [BEFORE, BEFORE]
    assert migrator("undo", given).exit_code == Exit.CLEAN
    assert [(given / name).read_text() for name in ("bin/tool", "own.py")] == [BEFORE, BEFORE]


@posix
def test_a_loop_of_folders_ends_and_each_file_is_written_once(tmp_path):
    plant(tmp_path, {"a/b/x.py": BEFORE})
    (tmp_path / "a/b/top").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a/b/c").symlink_to("../b", target_is_directory=True)
    result = migrator("codemod", "--write", tmp_path, tmp_path / "a/b/top/a", tmp_path / "a/b/c/x.py")
    assert (result.exit_code, result.stdout.count("  edited ")) == (Exit.CLEAN, 1)
    assert (tmp_path / "a/b/x.py").read_text() == AFTER


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o664, 0o4755])
def test_mode_bits_stay_through_a_run_and_its_undo(tmp_path, mode):
    plant(tmp_path, {"a.py": BEFORE})
    (tmp_path / "a.py").chmod(mode)
    for command, content in ((("codemod", "--write"), AFTER), (("undo",), BEFORE)):
        assert migrator(*command, tmp_path).exit_code == Exit.CLEAN
        assert (stat.S_IMODE((tmp_path / "a.py").stat().st_mode), (tmp_path / "a.py").read_text()) == (mode, content)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="the system has no extended attributes")
def test_extended_attributes_stay(tmp_path):
    plant(tmp_path, {"a.py": b"old\n"})
    try:
        os.setxattr(tmp_path / "a.py", "user.mine", b"yes")
    except OSError as error:
        pytest.skip(f"the file system has no extended attributes: {error.strerror}")
    replace_file(str(tmp_path / "a.py"), b"old\n", b"new\n")
    assert os.getxattr(tmp_path / "a.py", "user.mine") == b"yes"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE.replace("\n", "\r\n"), AFTER.replace("\n", "\r\n")),
        (BEFORE + "x = 1\r\ny = '''\r\n\n'''\n", AFTER + "x = 1\r\ny = '''\r\n\n'''\n"),
        (BEFORE.replace("\n", "\r"), AFTER.replace("\n", "\r")),
    ],
    ids=["crlf", "crlf and lf mixed", "cr"],
)
def test_line_endings_stay_through_a_run_and_its_undo(tmp_path, before, after):
    plant(tmp_path, {"a.py": before})
    migrator("codemod", "--write", tmp_path)
    assert tree(tmp_path) == {"a.py": after.encode()}
    migrator("undo", tmp_path)
    assert tree(tmp_path) == {"a.py": before.encode()}


@pytest.mark.parametrize(
    "broken",
    [
        b"\0" + BEFORE.encode(),
        BEFORE.encode() + b"x = '\0'\n",
        b"\xff\xfe" + BEFORE.encode("utf-16-le"),
        BEFORE.encode() + b"x = '\xff'\n",
        BEFORE.encode() + b"x = " + b"(" * 5000 + b"1" + b")" * 5000 + b"\n",
        BEFORE.encode() + b"x = " + b"-" * 5000 + b"1\n",
        BEFORE.encode() + b"x = " + b"1+" * 20_000 + b"1\n",
        BEFORE.encode() + b"x = a" + b".b()" * 5000 + b"\n",
        BEFORE.encode() + b"x = " + b"lambda: " * 5000 + b"1\n",
        BEFORE.encode() + b"".join(b" " * n + b"if 1:\n" for n in range(150)) + b" " * 150 + b"pass\n",
    ],
    ids=[
        *("NUL first", "NUL inside", "UTF-16", "not UTF-8"),
        *("brackets", "signs", "sums", "calls", "lambdas", "blocks"),
    ],
)
def test_what_cannot_be_parsed_is_left_and_named_and_the_others_are_written(tmp_path, broken):
    plant(tmp_path, {"a.py": broken, "b.py": BEFORE, "c.py": OTHER})
    result = migrator("codemod", "--write", tmp_path)
    assert tree(tmp_path) == {"a.py": broken, "b.py": AFTER.encode(), "c.py": OTHER.encode()}
    named = f"error: {tmp_path}/a.py:" in result.stderr
    # UTF-16 holds no old name, byte for byte: it is no more than searched.
    assert (result.exit_code, named) == ((Exit.CLEAN, False) if broken[:2] == b"\xff\xfe" else (Exit.UNREAD, True))


def test_what_is_nested_as_deeply_as_people_write_is_edited(tmp_path):
    rest = "x = " + "[" * 60 + "]" * 60 + "\ny = " + " + ".join(["a"] * 100) + "\nz = q" + ".f()" * 60 + "\n"
    plant(tmp_path, {"a.py": BEFORE + rest})
    assert migrator("codemod", "--write", tmp_path).exit_code == Exit.CLEAN
    assert (tmp_path / "a.py").read_text() == AFTER + rest


def test_a_file_of_4_megabytes_is_edited_and_restored(tmp_path):
    data = 'DATA = """' + ("x" * 79 + "\n") * (4 * 2**20 // 80) + '"""\n'
    plant(tmp_path, {"a.py": BEFORE + data + BOTS})
    assert migrator("codemod", "--write", tmp_path).exit_code == Exit.CLEAN
    assert (tmp_path / "a.py").read_text() == AFTER + data + BOTS_AFTER
    assert (records(tmp_path) / "1/originals.zip").stat().st_size < 2**20
    assert migrator("undo", tmp_path).exit_code == Exit.CLEAN
    assert (tmp_path / "a.py").read_text() == BEFORE + data + BOTS


def test_a_file_of_100_000_lines_is_edited_in_seconds(tmp_path):
    rows = "TABLE = [\n" + "".join(f"    {n},\n    # {n}\n    # of many\n    # rows\n" for n in range(25_000)) + "]\n"
    plant(tmp_path, {"a.py": BEFORE + rows + BOTS})
    assert migrator("codemod", "--write", tmp_path).exit_code == Exit.CLEAN
    assert (tmp_path / "a.py").read_text() == AFTER + rows + BOTS_AFTER
