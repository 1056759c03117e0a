"""Puts this folder on the path, so that its tests can share the verbs."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

pytest.register_assert_rewrite("laws", "verbs", "trees")
