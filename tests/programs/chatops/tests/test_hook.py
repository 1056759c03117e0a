import shlex
from pathlib import Path

import hook
import pytest

NIGHTLY = Path(__file__).parent.parent / "cron" / "nightly.sh"


def test_the_default_is_one_of_the_choices(monkeypatch, capsys):
    seen = []
    monkeypatch.setattr(hook, "register", lambda event, url, secret: seen.append(event) or "w1")
    hook.main(["register", "--url", "u"])
    assert seen == ["incoming_chat_thread"]


def test_the_nightly_job_is_understood(monkeypatch, capsys):
    seen = []
    monkeypatch.setattr(hook, "register", lambda event, url, secret: seen.append(event) or "w1")
    for line in NIGHTLY.read_text().splitlines():
        if line.startswith("python scripts/hook.py"):
            hook.main(shlex.split(line)[2:])
    assert len(seen) == 2


def test_an_unknown_event_is_refused(capsys):
    with pytest.raises(SystemExit):
        hook.main(["register", "--event", "nonsense", "--url", "u"])
