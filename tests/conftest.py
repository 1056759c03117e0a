"""What holds for all tests."""

import os

import pytest
from hypothesis import settings

# A machine that is busy with other things fails no test: none of them measures time. The examples are the same on every
# run, so that what passed here passes there; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("same", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def state_folder(tmp_path_factory, monkeypatch):
    """A folder of its own for the records of each test's runs."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("MIGRATOR_STATE_DIR", str(folder))
    return folder
