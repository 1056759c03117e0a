"""A changed file takes the old one's place whole or not at all."""

import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from migrator.files.atomic_write import ChangedMeanwhile, replace_file
from planted import plant
from unprivileged import unprivileged

posix = pytest.mark.skipif(os.name == "nt", reason="mode bits and links of POSIX")


def write(path: Path, before: bytes = b"old\n", after: bytes = b"new\n") -> None:
    replace_file(str(path), before, after)


def only(folder: Path) -> list[str]:
    """What a folder holds, hidden files included."""
    return sorted(entry.name for entry in folder.iterdir())


def test_the_new_bytes_are_written_and_nothing_else_is_left_behind(tmp_path):
    plant(tmp_path, {"a.py": b"old\n"})
    write(tmp_path / "a.py", after=b"new\r\n\xff")
    assert (tmp_path / "a.py").read_bytes() == b"new\r\n\xff"
    assert only(tmp_path) == ["a.py"]


@posix
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o664, 0o640, 0o6755])
def test_mode_bits_stay(tmp_path, mode):
    plant(tmp_path, {"a.py": b"old\n"})
    (tmp_path / "a.py").chmod(mode)
    write(tmp_path / "a.py")
    assert stat.S_IMODE((tmp_path / "a.py").stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the superuser gives files away")
def test_the_owner_stays(tmp_path):
    plant(tmp_path, {"a.py": b"old\n"})
    os.chown(tmp_path / "a.py", 1234, 4321)
    write(tmp_path / "a.py")
    assert ((tmp_path / "a.py").stat().st_uid, (tmp_path / "a.py").stat().st_gid) == (1234, 4321)


@posix
def test_a_link_stays_a_link_and_its_target_changes(tmp_path):
    plant(tmp_path, {"deep/a.py": b"old\n"})
    (tmp_path / "b.py").symlink_to("deep/a.py")
    (tmp_path / "c.py").symlink_to("b.py")
    write(tmp_path / "c.py")
    assert (tmp_path / "deep/a.py").read_bytes() == b"new\n"
    assert [(tmp_path / name).is_symlink() for name in ("b.py", "c.py", "deep/a.py")] == [True, True, False]
    assert only(tmp_path / "deep") == ["a.py"]


def test_a_file_that_changed_since_it_was_read_is_left(tmp_path):
    plant(tmp_path, {"a.py": b"newer\n"})
    with pytest.raises(ChangedMeanwhile, match="changed since it was read"):
        write(tmp_path / "a.py")
    assert (tmp_path / "a.py").read_bytes() == b"newer\n"
    assert only(tmp_path) == ["a.py"]


def test_a_file_that_is_gone_stays_gone(tmp_path):
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "a.py")
    assert only(tmp_path) == []


def test_a_read_only_file_is_left_even_where_its_folder_can_be_written(tmp_path):
    plant(tmp_path, {"a.py": b"old\n"})
    (tmp_path / "a.py").chmod(0o444)
    with pytest.raises(PermissionError, match="is read-only"):
        write(tmp_path / "a.py")
    assert (tmp_path / "a.py").read_bytes() == b"old\n"
    assert only(tmp_path) == ["a.py"]


@posix
def test_a_file_in_a_folder_that_cannot_be_written_is_left(tmp_path):
    plant(tmp_path, {"deep/a.py": b"old\n"})
    (tmp_path / "deep").chmod(0o555)
    try:
        with unprivileged(), pytest.raises(PermissionError):
            write(tmp_path / "deep/a.py")
    finally:
        (tmp_path / "deep").chmod(0o755)
    assert (tmp_path / "deep/a.py").read_bytes() == b"old\n"
    assert only(tmp_path / "deep") == ["a.py"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits the size of a file that a process may write")
def test_a_write_that_fails_half_way_leaves_the_old_file_alone(tmp_path):
    plant(tmp_path, {"a.py": b"old\n"})
    script = """
        import resource, signal, sys
        from migrator.files.atomic_write import replace_file
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            replace_file(sys.argv[1], b"old\\n", b"x" * 100_000)
        except OSError as error:
            print(error.strerror)
    """
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path / "a.py")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert ran.stdout == "File too large\n"
    assert (tmp_path / "a.py").read_bytes() == b"old\n"
    assert only(tmp_path) == ["a.py"]
