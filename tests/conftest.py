"""What holds for all tests."""

import os
from itertools import count

import pytest
from hypothesis import settings

# A machine that is busy with other things fails no test: none of them measures time. The examples are the same on every
# run, so that what passed here passes there; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("same", deadline=None, derandomize=True, max_examples=15)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def state_folders(tmp_path_factory):
    """Paths that no test has had yet; `mktemp` would search all folders of the session for each."""
    root = tmp_path_factory.mktemp("states")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def state_folder(state_folders, monkeypatch):
    """A folder of its own for the records of each test's runs."""
    folder = next(state_folders)
    folder.mkdir()
    monkeypatch.setenv("MIGRATOR_STATE_DIR", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_build_log(monkeypatch):
    """Whatever builds the project, what a test prints is no log of a build unless it says so."""
    for name in ("GITHUB_ACTIONS", "TF_BUILD"):
        monkeypatch.delenv(name, raising=False)
