"""Nothing is edited that a second run would edit again, and the other edits of its file are made."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator import load_rules
from migrator.findings.applicability import Applicability
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files

TABLES = Path(__file__).resolve().parents[2] / "samples" / "tables"

RECEIVER = """
def receive(hook):
    if hook["signature"] == KEY and hook["event"] == "sender_told":
        tell(hook["detail"])
    if hook["signature"] == KEY and hook["event"] == "{second}":
        post(hook["detail"])
"""


@pytest.fixture(scope="module")
def swapping():
    """A step in which two names of webhooks have changed places."""
    return Options(load_rules(TABLES, shipped=False).chains("2", "3"))


def migrate(options, **texts):
    """The results of files, by their names."""
    files = {f"{name}.py": text.encode() for name, text in texts.items()}
    return {result.path: result for result in migrate_files(files, options)}


def test_an_edit_that_a_second_run_would_take_back_is_manual_and_the_others_of_its_file_are_made(swapping):
    result = migrate(swapping, receiver=RECEIVER.format(second="parcel_posted"))["receiver.py"]
    assert result.after.decode() == RECEIVER.format(second="parcel_accepted")
    assert result.error is None
    assert {finding.line: finding.applicability for finding in result.findings} == {
        3: Applicability.MANUAL,
        5: Applicability.SAFE,
    }
    assert "a second run would edit it again" in result.findings[0].message


def test_every_edit_that_a_second_run_would_take_back_is_manual(swapping):
    text = RECEIVER.format(second="recipient_told")
    result = migrate(swapping, receiver=text)["receiver.py"]
    assert result.after.decode() == text
    assert [finding.applicability for finding in result.findings] == [Applicability.MANUAL] * 2


def test_a_second_run_edits_nothing(swapping):
    first = migrate(swapping, receiver=RECEIVER.format(second="parcel_posted"))["receiver.py"]
    second = migrate(swapping, receiver=first.after.decode())["receiver.py"]
    assert first.is_changed
    assert not second.is_changed


def test_edits_of_other_files_are_made_beside_one_that_a_second_run_would_take_back(swapping):
    other = 'import requests\n\nrequests.post("https://api.parcelwire.example/api/v2/parcels/trace")\n'
    results = migrate(swapping, receiver=RECEIVER.format(second="recipient_told"), client=other)
    assert not results["receiver.py"].is_changed
    assert results["client.py"].after.decode() == other.replace("v2/parcels/trace", "v3/parcels/track")
