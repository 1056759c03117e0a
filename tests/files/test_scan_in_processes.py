"""Several processes share a search; what is found, and its order, is the same as with one."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planted import plant

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="one process where none can be forked")
CHECKOUT = Path(__file__).parents[2]

SCAN = """
import os
from migrator.files.search_files import search_files
forks, fork = [], os.fork
os.fork = lambda: forks.append(1) or fork()
found = search_files({paths!r}, [b"old_name"], jobs={jobs!r})
print((list(found.hits.items()), sorted(found.paths), found.count, found.failures == tuple(sorted(found.failures)),
       [(each.path, each.message) for each in found.failures], found.outside, len(forks)))
"""
SHARED = """
import os
from migrator.files.fork_pool import process_count, share_work
def work(pieces):
    return [os.getpid(), list(pieces)]
def fail(pieces):
    {failing}
print((process_count(5), share_work(range(5000), work, {others}, {jobs})))
"""


def told(script, folder, **words):
    """What a script prints in a process of its own, which has one thread; as a value."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-c", script.format(**words)]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ast.literal_eval(ran.stdout)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A tree that is worth sharing: many files in one folder, many folders, some hits, links, one unreadable file."""
    root = tmp_path_factory.mktemp("tree")
    files = {f"flat/m{number}.py": "old_name" if number % 300 == 0 else "x = 1\n" for number in range(900)}
    files |= {f"p{number % 40}/q{number}/m.py": "old_name" if number % 100 == 7 else "" for number in range(600)}
    files |= {f"deep/{'d/' * depth}m.py": b"\xffold_name" for depth in range(12)}
    plant(root, files)
    (root / "p3/link.py").symlink_to("../flat/m0.py")
    (root / "p4/out.py").symlink_to("/etc/hosts")
    (root / "p5/secret").mkdir()
    (root / "p5/.gitignore").mkdir()
    return root


@pytest.mark.parametrize("paths", [["."], ["p3", ".", "flat", "flat/m0.py", "./p7/../p4"]])
def test_the_number_of_processes_changes_neither_what_is_found_nor_its_order(tree, paths):
    *alone, forks = told(SCAN, tree, paths=paths, jobs=1)
    assert (forks, alone[2]) == (0, 1512)
    for jobs in (2, 3, 7):
        *together, forks = told(SCAN, tree, paths=paths, jobs=jobs)
        assert together == alone
        assert forks >= jobs - 1


def test_a_small_tree_is_searched_by_one_process(tmp_path):
    plant(tmp_path, {f"{number % 9}/m{number}.py": "" for number in range(200)})
    assert told(SCAN, tmp_path, paths=["."], jobs=4)[-1] == 0


def test_every_piece_is_done_by_one_of_the_processes(tmp_path):
    jobs, results = told(SHARED, tmp_path, failing="pass", others="work", jobs=4)
    assert jobs == 5
    assert len({process for process, _ in results}) == 4
    assert sorted(piece for _, pieces in results for piece in pieces) == list(range(5000))


@pytest.mark.parametrize("failing", ["os._exit(7)", "os.kill(os.getpid(), 9)", "return object()", "raise SystemExit"])
def test_a_process_that_ends_before_it_answers_spoils_the_result_and_not_the_run(tmp_path, failing):
    assert told(SHARED, tmp_path, failing=failing, others="fail", jobs=3)[1] is None


def test_what_a_lost_process_should_have_searched_is_searched_again(tree):
    kill = SCAN.replace("forks.append(1) or fork()", "forks.append(1) or fork() or os._exit(1)")
    assert told(kill, tree, paths=["."], jobs=2)[:-1] == told(SCAN, tree, paths=["."], jobs=1)[:-1]


def test_a_process_with_several_threads_is_not_copied(tmp_path):
    script = """
import threading
from migrator.files.fork_pool import process_count
stop = threading.Event()
other = threading.Thread(target=stop.wait)
other.start()
print((process_count(5), process_count(None)))
stop.set()
"""
    assert told(script, tmp_path) == (1, 1)
