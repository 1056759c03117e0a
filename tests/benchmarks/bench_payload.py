"""How fast payloads are translated, as ratios within one run: ``python tests/benchmarks/bench_payload.py``.

Peers that are not installed (orjson, jsonpatch, cadwyn) are left out. ``--megabytes`` sets the size of the stream.
Times are those that pass; in parentheses stand those on the processors, which other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import copy
import json
import tempfile
import time
import timeit
from pathlib import Path

from measured import NEVER, find_fastest, measure, print_versions
from payload_peers import PEERS, peers

from migrator import Translator
from migrator.payload.streams.byte_source import open_source
from migrator.payload.streams.stream_stats import StreamStats
from migrator.payload.streams.translate_stream import translate_stream

NEW_NAMES = {"thread_closed": "chat_deactivated", "access_granted": "chat_access_granted"}
CASES = {"renamed": "thread_closed", "renamed, key removed": "access_granted", "no rule": "incoming_event"}


def envelope(action, size):
    """A webhook of about `size` bytes."""
    event = {"id": "K600PKZON8_1", "type": "message", "author_id": "b7eff798-f8df-4364", "text": "How can I help you?"}
    payload = {"resource": "chat"} if action == "access_granted" else {}
    payload |= {"id": "PJ0MRSHTDG", "thread_id": "K600PKZON8", "access": {"group_ids": [0]}}
    found = {"webhook_id": "pqi8oasdjahuakndw9nsad9na", "secret_key": "s" * 12, "action": action, "payload": payload}
    payload["events"] = [event] * max(0, round((size - len(json.dumps(found))) / (len(json.dumps(event)) + 2)))
    if not payload["events"]:
        del payload["events"], payload["thread_id"]
    return json.loads(json.dumps(found))


def by_hand(given):
    """Copy-on-write code for the same edits, as a careful person writes it."""
    new = NEW_NAMES.get(given["action"])
    if new is None:
        return given
    if new == "chat_access_granted":
        payload = given["payload"]
        if not isinstance(payload, dict) or payload.get("resource") != "chat":
            raise ValueError("no counterpart")
        payload = {**payload}
        del payload["resource"]
        return {**given, "action": new, "payload": payload}
    return {**given, "action": new}


def in_place(given):
    """The same edits in a document that nobody else holds."""
    new = NEW_NAMES.get(given["action"])
    if new is not None:
        given["action"] = new
        if new == "chat_access_granted" and given["payload"].pop("resource") != "chat":
            raise ValueError("no counterpart")
    return given


def fastest(functions, argument, seconds=0.8):
    """The least times of each function for one call, in rounds that take turns."""
    best = dict.fromkeys(functions, NEVER)
    timers = {
        name: timeit.Timer("f(a)", globals={"f": function, "a": argument}) for name, function in functions.items()
    }
    numbers = {name: max(1, round(0.004 / max(timer.timeit(20) / 20, 1e-9))) for name, timer in timers.items()}
    end = time.perf_counter() + seconds * len(functions)
    while time.perf_counter() < end:
        for name, timer in timers.items():
            taken = measure(lambda timer=timer, number=numbers[name]: timer.timeit(number))
            best[name] = best[name].least(taken / numbers[name])
    return best


def both(times, form):
    """The time that passes, and in parentheses that on the processors."""
    return f"{times.wall:{form}} ({times.cpu:{form}})"


def table(title, rows, unit):
    """Print rows of times as multiples of their own base."""
    print(f"\n{title}\n")
    names = list(dict.fromkeys(name for _, _, times in rows for name in times))
    print("| | " + " | ".join(label for label, _, _ in rows) + " |")
    print("|---|" + "---|" * len(rows))
    for name in names:
        cells = []
        for _, base, times in rows:
            ratio = both(times[name] / times[base], ".2f") if name in times else ""
            cells.append(f"{both(times[base] / (1 / unit), '.2f')} us = 1" if name == base else ratio)
        print(f"| {name} | " + " | ".join(cells) + " |")


def dict_to_dict(translator, seconds):
    """An object to an object."""
    rows = []
    for label, action in CASES.items():
        for size in (200, 2500):
            given = envelope(action, size)
            assert translator.webhook_document(given) == by_hand(given) == translator.webhook(given).document
            functions = {
                "by hand": by_hand,
                "webhook_document": translator.webhook_document,
                "webhook (all that is said)": translator.webhook,
                "deepcopy and edit": lambda given: in_place(copy.deepcopy(given)),
                **peers(action, given),
            }
            rows.append((f"{label}, {len(json.dumps(given))} B", "by hand", fastest(functions, given, seconds)))
    table("dict to dict, as multiples of code written by hand", rows, 1e6)


def untouched(translator, seconds):
    """What a webhook without a rule costs beside one that is renamed by hand."""
    print("\n`webhook_document` of a webhook without a rule, as a multiple of renaming one by hand\n")
    for size in (200, 2500):
        given = envelope("thread_closed", size), envelope("incoming_event", size)
        functions = {
            "nothing": lambda given: given[1],
            "by hand": lambda given: by_hand(given[0]),
            "ours": lambda given: translator.webhook_document(given[1]),
        }
        times = fastest(functions, given, seconds)
        ratio = (times["ours"] - times["nothing"]) / (times["by hand"] - times["nothing"])
        print(f"- {size} B: {both(ratio, '.2f')}")


def bytes_to_bytes(translator, seconds):
    """Bytes to bytes, against orjson."""
    import orjson

    rows = []
    for label, action in CASES.items():
        for size in (200, 1000, 2500):
            given = orjson.dumps(envelope(action, size))
            functions = {
                "orjson loads + dumps": lambda given: orjson.dumps(orjson.loads(given)),
                "orjson loads + edit + dumps": lambda given: orjson.dumps(in_place(orjson.loads(given))),
                "webhook_bytes": translator.webhook_bytes,
                "json loads + edit + dumps": lambda given: json.dumps(in_place(json.loads(given))).encode(),
            }
            times = fastest(functions, given, seconds)
            rows.append((f"{label}, {len(given)} B", "orjson loads + dumps", times))
    table("bytes to bytes, as multiples of orjson's loads + dumps", rows, 1e6)


def streams(translator, megabytes):
    """JSON Lines, file to file."""
    import orjson

    with tempfile.TemporaryDirectory() as folder:
        path, target = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        lines = [orjson.dumps(envelope(action, size)) for action in CASES.values() for size in (500, 2500, 4000)]
        block = b"\n".join(lines) + b"\n"
        path.write_bytes(block * (megabytes * 1_000_000 // len(block)))

        def with_orjson():
            with path.open("rb") as given, target.open("wb") as out:
                for line in given:
                    out.write(orjson.dumps(in_place(orjson.loads(line))) + b"\n")

        def ours():
            with path.open("rb") as given, target.open("wb") as out:
                for _ in translate_stream(
                    open_source(given), translator.webhook_bytes, False, out, StreamStats(lambda *_: None)
                ):
                    pass

        times = find_fastest({"orjson, one process": with_orjson, "translate": ours}, repeat=4)
        print(f"\nJSON Lines, file to file, {path.stat().st_size / 1e6:.0f} MB\n")
        for name, taken in times.items():
            print(f"- {name}: {both(taken, '.2f')} s = {both(taken / times['orjson, one process'], '.2f')}")


def main():
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.5, help="for each measured function")
    parser.add_argument("--megabytes", type=int, default=190)
    asked = parser.parse_args()
    translator = Translator("3.1", "3.2")
    print_versions(PEERS)
    dict_to_dict(translator, asked.seconds)
    untouched(translator, asked.seconds)
    bytes_to_bytes(translator, asked.seconds)
    streams(translator, asked.megabytes)


if __name__ == "__main__":
    main()
