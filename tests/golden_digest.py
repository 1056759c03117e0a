"""Record what the finder says of the samples and of every program in the tests, as one digest.

``python tests/golden_digest.py`` runs the tests and compares with ``golden_digest.txt``; ``--update`` writes that file;
``--details FILE`` keeps the outputs themselves, so that two runs can be compared. As a pytest plugin (``-p
golden_digest``) it records each call of the three entry points: a key made of the input and the options, and a digest
of findings, edits and ledger rows. Wording is left out: messages and evidence may change, edits may not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DIGEST = HERE / "golden_digest.txt"
#: The folder that workers write to.
RECORDS = "MIGRATOR_GOLDEN_RECORDS"
#: Folders of temporary files have another name in every run.
_TEMPORARY = re.compile(r"^.*/pytest-of-[^/]+/pytest-\d+/(popen-gw\d+/)?[^/]+/|^/tmp/[^/]+/")


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _raw(text: str | bytes) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _path(path: str) -> str:
    return _TEMPORARY.sub("", path)


def _options(options: Any) -> list[Any]:
    chains = [
        [
            str(chain.source),
            str(chain.target),
            [[rule.id, rule.kind.value, str(rule.old), str(rule.new)] for rule in chain.rules()],
        ]
        for chain in options.chains
    ]
    return [
        chains,
        options.unsafe,
        options.select,
        options.ignore,
        options.clients,
        options.rename_wrappers,
        options.notes,
    ]


def _key(entry: str, files: Mapping[str, str | bytes], options: Any) -> str:
    return _hash([entry, sorted((_path(path), _raw(text)) for path, text in files.items()), _options(options)])


def _finding(finding: Any) -> list[Any]:
    edits = [[edit.start, edit.end, edit.replacement.decode("latin-1")] for edit in finding.edits]
    span = [finding.line, finding.column, finding.end_line, finding.end_column]
    return [finding.rule, *span, finding.old, finding.new, finding.applicability.value, edits]


def _results(results: Iterable[Any]) -> list[Any]:
    return sorted(
        [
            _path(result.path),
            _raw(result.after),
            [_finding(finding) for finding in result.findings],
            sorted(_finding(finding) for finding in result.applied),
            [_finding(finding) for finding in result.suppressed],
            [[stale.line, list(stale.rules)] for stale in result.stale],
            None if result.error is None else [result.error.line, result.error.unread],
        ]
        for result in results
    )


def _ledger(ledger: Any) -> list[Any]:
    rows = (
        [_path(file.path), [[each.name, each.start, each.state.value, each.rule] for each in file.occurrences]]
        for file in ledger.files
    )
    return sorted(rows)


def _record(key: str, output: list[Any]) -> None:
    with (Path(os.environ[RECORDS]) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps([key, _hash(output), output], default=str) + "\n")


def pytest_configure() -> None:
    """Wrap the entry points, before a test imports them."""
    if RECORDS in os.environ:
        _wrap_entry_points()


def _wrap_entry_points() -> None:
    from migrator.program import ledger_totals as accounts
    from migrator.program import read_files as read
    from migrator.python import migrate

    migrate_texts, read_all, account_for = migrate._migrate_texts, read.read_all, accounts.account_for

    @wraps(migrate_texts)
    def recorded_migrate(files: Any, options: Any, *rest: Any, **more: Any) -> Any:
        results = migrate_texts(files, options, *rest, **more)
        _record(_key("python", files, options), _results(results))
        return results

    @wraps(read_all)
    def recorded_read(files: Any, options: Any) -> Any:
        read_results = read_all(files, options)
        _record(_key("others", files, options), _results(each.result for each in read_results))
        return read_results

    @wraps(account_for)
    def recorded_account(results: Any, searched: Any, old: Any, *rest: Any, **more: Any) -> Any:
        results = list(results)
        ledger = account_for(results, searched, old, *rest, **more)
        before = sorted([_path(result.path), _raw(result.before), _raw(result.after)] for result in results)
        _record(_hash(["ledger", before, sorted(old.names)]), _ledger(ledger))
        return ledger

    migrate._migrate_texts, read.read_all, accounts.account_for = recorded_migrate, recorded_read, recorded_account  # type: ignore[assignment]


def _run_tests(arguments: list[str]) -> dict[str, tuple[str, ...]]:
    """Run the tests with this plugin; return the digests of each input, and keep the outputs in `details`."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, RECORDS: folder}
        command = [sys.executable, "-m", "pytest", "-p", "golden_digest", "-q", *arguments]
        subprocess.run(command, cwd=HERE.parent, env=environment, check=False)
        found: dict[str, dict[str, Any]] = {}
        for key, digest, output in _rows(Path(folder)):
            found.setdefault(key, {})[digest] = output
    return found


def _rows(folder: Path) -> Iterator[tuple[str, str, Any]]:
    for file in folder.glob("*.jsonl"):
        with file.open(encoding="utf-8") as lines:
            yield from (tuple(json.loads(line)) for line in lines)


def main() -> int:
    """Compare the digests of this run with the recorded ones; return 1 when one of the same input differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--details", type=Path)
    parser.add_argument("tests", nargs="*", default=["tests"])
    chosen = parser.parse_args()
    found = _run_tests(chosen.tests)
    lines = {key: ",".join(sorted(outputs)) for key, outputs in found.items()}
    if chosen.details:
        chosen.details.write_text(json.dumps(found), "utf-8")
    recorded = dict(line.split() for line in DIGEST.read_text("utf-8").splitlines()) if DIGEST.exists() else {}
    common = recorded.keys() & lines.keys()
    different = sorted(key for key in common if recorded[key] != lines[key])
    print(f"{len(lines)} inputs, {len(common)} of them recorded, {len(different)} differ: {' '.join(different[:20])}")
    print(f"digest {_hash(sorted(lines.items()))}")
    if chosen.update:
        DIGEST.write_text("".join(f"{key} {digest}\n" for key, digest in sorted(lines.items())), "utf-8")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
