"""What the README shows is what the tool does."""

import re
import tomllib
from pathlib import Path

from migrator import load_rules, migrate_source

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def block(language: str) -> str:
    """The first code block of a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def side(diff: str, sign: str) -> str:
    """One side of a diff."""
    lines = (line for line in diff.splitlines(keepends=True) if line[0] in (" ", sign, "\n"))
    return "".join(line if line == "\n" else line[1:] for line in lines)


def test_the_diff_of_the_readme_is_what_the_codemod_does():
    diff = block("diff")
    result = migrate_source(side(diff, "-"), load_rules(), source="3.1", target="3.2")
    assert result.error is None
    assert result.after == side(diff, "+")


def test_the_row_of_the_readme_stands_in_the_table():
    (row,) = tomllib.loads(block("toml"))["rule"]
    steps = [tomllib.loads(path.read_text("utf-8")) for path in (ROOT / "rules").rglob("*.toml")]
    assert row in [rule for step in steps for rule in step.get("rule", ())]


def test_the_readme_fits_on_a_screen():
    assert len(README.splitlines()) < 80
