import csv
from pathlib import Path

import sla

DATA = Path(__file__).parent.parent / "data"


def test_mean():
    with (DATA / "sla.csv").open(newline="") as file:
        assert sla.mean_wait(csv.DictReader(file)) == 16.5
