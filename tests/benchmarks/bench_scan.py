"""How fast code is searched and rewritten, as ratios within one run: ``python tests/benchmarks/bench_scan.py``.

The tree is made of the Python files of ``--source`` (default: those of this interpreter), copied until there are
``--files`` of them; none of them holds a name of the API. Then folders with copies of samples/support_bot are searched
beside it. Peers that are not installed (rg, ruff) are left out. Besides the time that passes, that on the processors is
compared, summed over all processes: it says more on a machine with other work to do.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from measured import find_fastest, find_program, print_versions

from migrator import load_rules, migrate_source
from migrator.files.search_files import search_files
from migrator.matching.prefilter import collect_needles
from migrator.matching.selection import Options

CHECKOUT = Path(__file__).parents[2]
BOT = sorted((CHECKOUT / "samples/support_bot").glob("*.py"))
MIGRATOR = [sys.executable, "-m", "migrator"]


def build_tree(folder, source, files, words):
    """Copies of all files below `source` that hold no needle, again and again until there are enough."""
    known = search_files([str(source)], words)
    clean = sorted(known.paths - set(known.hits))
    if not clean:
        sys.exit(f"{source}: there is no Python file here")
    for number in range(files):
        path = clean[number % len(clean)]
        copy = folder / f"copy{number // len(clean)}" / os.path.relpath(path, source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def build_hits(folder, files, words):
    """So many modules of the sample that hold a needle, ten to a folder, with those that do not."""
    left = files
    while left:
        package = folder / f"bot{left}"
        package.mkdir(parents=True)
        for module in BOT:
            hit = any(word in module.read_bytes() for word in words)
            if left or not hit:
                shutil.copyfile(module, package / module.name)
                left -= hit


def lines_of_code(lines):
    """Modules of the sample one after the other, of at least so many lines."""
    modules = [re.sub(r"(?m)^from __future__.*\n", "", module.read_text("utf-8")) for module in BOT]
    text, count = "", 0
    while text.count("\n") < lines:
        text, count = text + modules[count % len(modules)], count + 1
    return text.encode()


def run(command, folder):
    """Run a command to its end, whatever its exit code."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(CHECKOUT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


def show(title, times, against):
    """A table: the times, and how often each of them is that of `against`."""
    print(f"\n{title:<48} {'wall':>12} {'ratio':>8} {'CPU':>12} {'ratio':>8}\n")
    for name, taken in times.items():
        ratio = taken / times[against]
        told = f"{taken.wall * 1000:9.1f} ms {ratio.wall:8.2f} {taken.cpu * 1000:9.1f} ms {ratio.cpu:8.2f}"
        print(f"  {name:<46} {told}")


def searches(folder, trees, *, parts):
    """The commands that search trees, by what they are called."""
    found = {}
    if rg := find_program("rg"):
        found["rg -l"] = [rg, "-l", "-F", "-f", "needles.txt", *trees]
    if parts:
        found |= {f"migrator {name}": [*MIGRATOR, *name.split(), *trees] for name in ("audit", "codemod", "audit -j1")}
        if rg:
            found["rg --files"] = [rg, "--files", *trees]
        if ruff := find_program("ruff"):
            rules = ["--isolated", "--no-cache", "--select", "TID251,F401"]
            found["ruff check --no-cache, two rules"] = [ruff, "check", *rules, *trees]
    else:
        found["migrator codemod"] = [*MIGRATOR, "codemod", *trees]
    return {name: lambda command=command: run(command, folder) for name, command in found.items()}


def one_file(rules, lines):
    """What is compared for a single file."""
    import libcst

    code = lines_of_code(lines)
    return {
        "libcst.parse_module": lambda: libcst.parse_module(code),
        "migrate_source": lambda: migrate_source(code, rules),
    }


def benchmark(folder, given):
    """Build the trees, run everything and print the tables."""
    rules = load_rules()
    words = collect_needles(Options(rules.chains()))
    (folder / "needles.txt").write_bytes(b"\n".join(words) + b"\n")
    build_tree(folder / "tree", given.source, given.files, words)
    print_versions(["libcst"], ["rg", "ruff"])
    times = find_fastest(searches(folder, ["tree"], parts=True), given.repeat)
    show(f"{given.files:,} files without a hit", times, next(iter(times)))
    for hits in given.hits:
        build_hits(folder / f"hits{hits}", hits, words)
        works = searches(folder, ["tree", f"hits{hits}"], parts=False)
        times = find_fastest(works, given.repeat if hits < 1000 else 1)
        show(f"{given.files:,} files, and {hits:,} with a hit", times, next(iter(times)))
    for lines in (300, 3000):
        times = find_fastest(one_file(rules, lines), given.repeat)
        show(f"One file of {lines:,} lines", times, "libcst.parse_module")
    starts = {"python -c pass": [sys.executable, "-c", "pass"], "migrator --help": [*MIGRATOR, "--help"]}
    works = {name: lambda command=command: run(command, folder) for name, command in starts.items()}
    show("Starting", find_fastest(works, given.repeat * 3), "python -c pass")


def main():
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, default=Path(sysconfig.get_path("stdlib")))
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--hits", type=int, nargs="*", default=[30, 300, 3000])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="An empty folder for the tree. [default: a temporary one]")
    given = parser.parse_args()
    if given.folder:
        given.folder.mkdir(parents=True, exist_ok=True)
        benchmark(given.folder.resolve(), given)
    else:
        with tempfile.TemporaryDirectory() as folder:
            benchmark(Path(folder).resolve(), given)


if __name__ == "__main__":
    main()
