"""Which uses of a renamed method are found, by us and by others: ``python tests/benchmarks/bench_receivers.py``.

Ours is what the codemod edits; of ruff it is what ``banned-api`` reports for the class and the method, of ast-grep what
a pattern matches, of rg every line that holds the name. A module is found when each of its marked lines is, and wrong
when any of them is and none should be. Peers that are not installed are left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measured import find_program, print_versions
from receivers import OTHERS, RECEIVERS

from migrator import load_rules
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files

NAME = "get_bot_agents"
BANNED = [
    "livechat.configuration.ConfigurationApi",
    *(f"livechat.configuration.{owner}{NAME}" for owner in ("ConfigurationApi.", "")),
]


def plant(folder, code):
    """Write a module; the places that are marked in it."""
    marked = set()
    for name, text in (code if isinstance(code, dict) else {"main.py": code}).items():
        (folder / name).write_text(text, "utf-8")
        marked |= {(name, number) for number, line in enumerate(text.split("\n"), 1) if line.endswith("# <")}
    return marked


def ours(folder):
    """The lines that the codemod edits."""
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.py"))}
    results = migrate_files(files, Options(load_rules().chains()))
    return {(result.path, finding.line) for result in results for finding in result.applied}


def ruff(folder):
    """The lines that ruff reports for the banned class and method."""
    banned = ", ".join(f'"{name}".msg = "renamed"' for name in BANNED)
    told = output(folder, "ruff", "check", "--isolated", "--no-cache", "--preview", "--select", "TID251", "--config",
                  f"lint.flake8-tidy-imports.banned-api = {{ {banned} }}", "--output-format", "json", ".")  # fmt: skip
    return {(Path(each["filename"]).name, each["location"]["row"]) for each in json.loads(told)}


def ast_grep(folder):
    """The lines on which a call of the method begins."""
    told = output(folder, "ast-grep", "run", "--lang", "python", "--pattern", f"$X.{NAME}($$$)", "--json=compact", ".")
    return {(Path(each["file"]).name, each["range"]["end"]["line"] + 1) for each in json.loads(told)}


def rg(folder):
    """The lines that hold the name."""
    told = output(folder, "rg", "--line-number", "--with-filename", "--no-heading", NAME, ".").splitlines()
    return {(Path(line.split(":")[0]).name, int(line.split(":")[1])) for line in told}


def output(folder, name, *arguments):
    """What a peer prints; it may exit with 1 when it finds something, or nothing."""
    ran = subprocess.run([find_program(name), *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode > 1 or ran.stderr:
        sys.exit(f"{name}: {ran.stderr}")
    return ran.stdout


def verdicts(look, modules, verdict):
    """For each module, whether a tool that looks at it deserves a verdict on the marked and the told lines."""
    found = {}
    for name, code in modules.items():
        with tempfile.TemporaryDirectory() as folder:
            marked = plant(Path(folder), code)
            found[name] = verdict(marked, look(Path(folder)))
    return found


def main():
    """Run every tool that is there over every module, and print what it found."""
    print_versions(programs=["ruff", "ast-grep", "rg"])
    tools = {"migrator": ours}
    tools |= {look.__name__.replace("_", "-"): look for look in (ruff, ast_grep, rg)}
    tools = {name: look for name, look in tools.items() if look is ours or find_program(name)}
    found = {name: verdicts(look, RECEIVERS, lambda marked, told: marked <= told) for name, look in tools.items()}
    wrong = {name: verdicts(look, OTHERS, lambda marked, told: bool(marked & told)) for name, look in tools.items()}
    for title, results, word in (("To be found", found, "found"), ("To be left alone", wrong, "wrong")):
        print(f"{title:<36}" + "".join(f"{name:>10}" for name in tools))
        for module in next(iter(results.values())):
            print(f"  {module:<34}" + "".join(f"{word if result[module] else '-':>10}" for result in results.values()))
        counts = (f"{sum(result.values())} of {len(result)}" for result in results.values())
        print(f"{word:<36}" + "".join(f"{count:>10}" for count in counts) + "\n")


if __name__ == "__main__":
    main()
