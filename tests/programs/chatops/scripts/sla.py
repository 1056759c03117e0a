#!/usr/bin/env python3
"""Mean time to the first answer, from a CSV that the business people export."""
import csv
import statistics
import sys


def mean_wait(rows):
    return statistics.mean(float(row["first_response"]) for row in rows if row["first_response"])


if __name__ == "__main__":
    with open(sys.argv[1], newline="") as file:
        print(f"{mean_wait(csv.DictReader(file)):.1f} s")
