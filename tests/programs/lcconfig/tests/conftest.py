import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))


@pytest.fixture
def client():
    from lcconfig.testing import FakeClient

    return FakeClient()
