#!/usr/bin/env python3
"""Count the closed chats of an archive by hour."""
import json
import sys
from collections import Counter


def closed_by_hour(lines):
    hours = Counter()
    for line in lines:
        hook = json.loads(line)
        if hook["action"] == "thread_closed":
            hours[hook["received"][11:13]] += 1
    return hours


def main(argv):
    with open(argv[0]) as archive:
        for hour, count in sorted(closed_by_hour(archive).items()):
            print(hour, "#" * count)


if __name__ == "__main__":
    main(sys.argv[1:])
