#!/usr/bin/env python3
"""The most frequent tags of an archive."""
import json
import sys
from collections import Counter
from pathlib import Path

ARCHIVE = Path(__file__).parent.parent / "data" / "archive-2019.jsonl"


def tags(path=ARCHIVE):
    hooks = map(json.loads, path.read_text().splitlines())
    return Counter(h["payload"]["tag"] for h in hooks if h["action"] == "chat_thread_tagged")


if __name__ == "__main__":
    for tag, count in tags(*map(Path, sys.argv[1:])).most_common(10):
        print(count, tag)
