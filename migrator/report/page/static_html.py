"""Make the parts of a page that need no script: totals, failures, the ledger and plain tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from migrator.findings.open_task import OpenTask
from migrator.report.machine.ledger_json import ledger_document
from migrator.report.page.entries import STATE_TEXTS, EntryState, PageEntry, count_states
from migrator.report.page.html_escape import escape_markup
from migrator.report.phrases import describe_change, describe_unread, pluralize
from migrator.report.run_result import RunResult

#: Entries listed without a script, where nothing can be filtered; the page says how many there are.
PLAIN = 500
#: Lines named for each task of the closing list: the entries of the page have all of them.
_NAMED = 20
#: Folders listed there: a screen or two; the page says how many more there are.
FOLDERS = 50


def steps_html(run: RunResult) -> str:
    """Return the versions of each API."""
    return escape_markup(", ".join(f"{chain.api.title}, {chain.source} to {chain.target}" for chain in run.chains))


def totals_html(run: RunResult, listed: tuple[PageEntry, ...]) -> Iterator[str]:
    """Yield the numbers at the top of the page."""
    found = run.findings
    files = len({finding.path for finding in found})
    yield _total_item("all", len(found), "Finding" if len(found) == 1 else "Findings", f"in {pluralize(files, 'file')}")
    for state, number in count_states(listed).items():
        yield _total_item(state.value, number, *STATE_TEXTS[state])
    about = f"of {pluralize(run.searched, 'file')} searched"
    yield _total_item(
        "unread" if run.unread else "read", run.unread, "Unread", about, '<a href="#unread">See which</a>'
    )


def verdict_html(run: RunResult, listed: tuple[PageEntry, ...]) -> str:
    """Return a sentence with the result and its limits."""
    parts = [f"{pluralize(run.searched, 'file')} searched"]
    if run.findings:
        safe = sum(entry.state is EntryState.SAFE for entry in listed)
        parts.append(f"{safe:,} of {pluralize(len(run.findings), 'finding')} can be edited automatically")
    else:
        parts.append("nothing found in the files that could be read" if run.unread else "nothing left to migrate")
    if run.known:
        parts.append(f"{pluralize(len(run.known), 'finding')} of the baseline not listed")
    if run.suppressed:
        parts.append(f"{pluralize(len(run.suppressed), 'finding')} suppressed by comments")
    if run.unread:
        parts.append(describe_unread(run))
    return escape_markup("; ".join(parts) + ".")


def unread_html(run: RunResult) -> Iterator[str]:
    """Yield what the page does not cover: files that could not be read, and links out of the given paths."""
    if run.failures:
        rows = ((f.path, "" if f.line is None else str(f.line), f.message) for f in run.failures)
        yield _section_html("unread", "Not read, or left unchanged", _table_html(("File", "Line", "Why"), rows, "path"))
    if run.outside:
        links = ((path, "leads out of the given paths") for path in run.outside)
        yield _section_html("outside", "Links not followed", _table_html(("Link", "Why"), links, "path"))


def tasks_html(run: RunResult) -> Iterator[str]:
    """Yield what is left to do before the program is deployed, the most harmful first."""
    if run.tasks:
        rows = (
            (task.action, f"{task.until}.", task.rule, ", ".join(map(str, task.places[:_NAMED])) + _count_more(task))
            for task in run.tasks
        )
        heads = ("What to do", "Until then", "Rule", "Where")
        yield _section_html("tasks", "Before you deploy", _table_html(heads, rows, "path"))


def _count_more(task: OpenTask) -> str:
    more = len(task.places) - _NAMED
    return f", and {more:,} alike" if more > 0 else ""


def ledger_html(run: RunResult) -> Iterator[str]:
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
    intro = f"<p>{pluralize(document['total'], 'occurrence')} of old names; each has one state.</p>"
    yield _section_html("ledger", "Ledger", intro + _table_html(heads, rows, "numbers"))


def plain_tables(run: RunResult, listed: tuple[PageEntry, ...]) -> Iterator[str]:
    """Yield tables for browsers that run no script."""
    rules = Counter(entry.rule for entry in listed if entry.rule)
    named = ((rule, describe_change(run.rules.get(rule)), f"{number:,}") for rule, number in rules.most_common())
    yield "<h2>By rule</h2>" + _table_html(("Rule", "Change", "Findings"), named, "")
    folders = Counter(entry.path.rpartition("/")[0] or "." for entry in listed)
    by_folder = ((folder, f"{number:,}") for folder, number in folders.most_common(FOLDERS))
    yield "<h2>By folder</h2>" + _table_html(("Folder", "Findings"), by_folder, "path")
    if len(folders) > FOLDERS:
        yield f"<p>And {len(folders) - FOLDERS:,} more folders.</p>"
    places = (
        (f"{e.path}:{e.place.line}:{e.place.column}", STATE_TEXTS[e.state][0], e.rule or "", e.message, e.advice)
        for e in islice(listed, PLAIN)
    )
    yield "<h2>Findings</h2>" + _table_html(("Location", "State", "Rule", "Message", "Advice"), places, "path")
    if len(listed) > PLAIN:
        yield f"<p>The first {PLAIN:,} of {len(listed):,}; with JavaScript the page lists all of them.</p>"


def _total_item(kind: str, number: int, title: str, description: str, link: str = "") -> str:
    none = "" if number else " is-none"
    words = "".join(
        f"<code>{escape_markup(w)}</code>" if n % 2 else escape_markup(w) for n, w in enumerate(description.split("`"))
    )
    return (
        f'<li class="total is-{kind}{none}"><strong>{number:,}</strong> '
        f'<span class="title">{escape_markup(title)}</span> '
        f'<span class="told">{words} {link if number else ""}</span></li>'
    )


def _section_html(id: str, title: str, content: str) -> str:
    head = f'<section id="{id}" tabindex="-1" aria-labelledby="{id}-title"><h2 id="{id}-title">{title}</h2>'
    return f"{head}{content}</section>"


def _table_html(heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str) -> str:
    head = "".join(f'<th scope="col">{escape_markup(title)}</th>' for title in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape_markup(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape_markup(heads[0])}"><table class="{kind}">'
        f"<thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
