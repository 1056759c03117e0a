"""Make the parts of a page that need no script: totals, failures, the ledger and plain tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from migrator.report.machine.ledger_json import ledger_document
from migrator.report.page.entries import TOLD, Entry, State, counts
from migrator.report.page.html_escape import markup
from migrator.report.phrases import change, plural
from migrator.report.run_result import Run

#: Entries listed without a script, where nothing can be filtered; the page says how many there are.
PLAIN = 500


def steps(run: Run) -> str:
    """Return the versions of each API."""
    return markup(", ".join(f"{chain.api.title}, {chain.source} to {chain.target}" for chain in run.chains))


def totals(run: Run, listed: tuple[Entry, ...]) -> Iterator[str]:
    """Yield the numbers at the top of the page."""
    found = run.findings
    files = len({finding.path for finding in found})
    yield _total("all", len(found), "Finding" if len(found) == 1 else "Findings", f"in {plural(files, 'file')}")
    for state, number in counts(listed).items():
        yield _total(state.value, number, *TOLD[state])
    about = f"of {plural(run.searched, 'file')} searched"
    yield _total("unread" if run.unread else "read", run.unread, "Unread", about, '<a href="#unread">See which</a>')


def verdict(run: Run, listed: tuple[Entry, ...]) -> str:
    """Return a sentence with the result and its limits."""
    parts = [f"{plural(run.searched, 'file')} searched"]
    if run.findings:
        safe = sum(entry.state is State.SAFE for entry in listed)
        parts.append(f"{safe:,} of {plural(len(run.findings), 'finding')} can be edited automatically")
    else:
        parts.append("nothing found in the files that could be read" if run.unread else "nothing left to migrate")
    if run.known:
        parts.append(f"{plural(len(run.known), 'finding')} of the baseline not listed")
    if run.suppressed:
        parts.append(f"{plural(len(run.suppressed), 'finding')} suppressed by comments")
    if run.unread:
        parts.append(
            f"{plural(run.unread, 'file')} could not be read, and {'is' if run.unread == 1 else 'are'} not covered"
        )
    return markup("; ".join(parts) + ".")


def unread(run: Run) -> Iterator[str]:
    """Yield what the page does not cover: files that could not be read, and links out of the given paths."""
    if run.failures:
        rows = ((f.path, "" if f.line is None else str(f.line), f.message) for f in run.failures)
        yield _section("unread", "Not read, or left unchanged", _table(("File", "Line", "Why"), rows, "path"))
    if run.outside:
        links = ((path, "leads out of the given paths") for path in run.outside)
        yield _section("outside", "Links not followed", _table(("Link", "Why"), links, "path"))


def ledger(run: Run) -> Iterator[str]:
    """Yield the number of occurrences of each old name, by state."""
    if run.ledger is None or not run.ledger.total:
        return
    document = ledger_document(run.ledger, files=False)
    states = [state for state, number in document["states"].items() if number]
    rows: list[tuple[str, ...]] = []
    for row in document["names"]:
        numbers = [row[state] for state in states]
        if any(numbers):
            rows.append((row["name"], *(f"{n:,}" if n else "" for n in numbers), f"{sum(numbers):,}"))
    rows.append(("in all", *(f"{document['states'][state]:,}" for state in states), f"{document['total']:,}"))
    heads = ("Old name", *(state.replace("_", " ") for state in states), "all")
    intro = f"<p>{plural(document['total'], 'occurrence')} of old names; each has one state.</p>"
    yield _section("ledger", "Ledger", intro + _table(heads, rows, "numbers"))


def plain(run: Run, listed: tuple[Entry, ...]) -> Iterator[str]:
    """Yield tables for browsers that run no script."""
    rules = Counter(entry.rule for entry in listed if entry.rule)
    named = ((rule, change(run.rules.get(rule)), f"{number:,}") for rule, number in rules.most_common())
    yield "<h2>By rule</h2>" + _table(("Rule", "Change", "Findings"), named, "")
    folders = Counter(entry.path.rpartition("/")[0] or "." for entry in listed)
    by_folder = ((folder, f"{number:,}") for folder, number in folders.most_common(50))
    yield "<h2>By folder</h2>" + _table(("Folder", "Findings"), by_folder, "path")
    places = (
        (f"{e.path}:{e.place.line}:{e.place.column}", TOLD[e.state][0], e.rule or "", e.message, e.advice)
        for e in islice(listed, PLAIN)
    )
    yield "<h2>Findings</h2>" + _table(("Location", "State", "Rule", "Message", "Advice"), places, "path")
    if len(listed) > PLAIN:
        yield f"<p>The first {PLAIN:,} of {len(listed):,}; with JavaScript the page lists all of them.</p>"


def _total(kind: str, number: int, title: str, description: str, link: str = "") -> str:
    none = "" if number else " is-none"
    words = "".join(f"<code>{markup(w)}</code>" if n % 2 else markup(w) for n, w in enumerate(description.split("`")))
    return (
        f'<li class="total is-{kind}{none}"><strong>{number:,}</strong> <span class="title">{markup(title)}</span> '
        f'<span class="told">{words} {link if number else ""}</span></li>'
    )


def _section(id: str, title: str, content: str) -> str:
    head = f'<section id="{id}" tabindex="-1" aria-labelledby="{id}-title"><h2 id="{id}-title">{title}</h2>'
    return f"{head}{content}</section>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str) -> str:
    head = "".join(f'<th scope="col">{markup(title)}</th>' for title in heads)
    body = "".join("<tr>" + "".join(f"<td>{markup(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{markup(heads[0])}"><table class="{kind}">'
        f"<thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
