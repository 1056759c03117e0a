"""A file is worth reading for a path of the API, whatever that path is made of."""

from dataclasses import replace

import pytest

from migrator.matching.selection import Options
from migrator.python.prefilter.relevant import build_relevance_test
from migrator.rules.load import load_rules
from migrator.rules.table import Chain


def worth(path, code):
    """Whether code is worth reading for an API that is known by nothing but a path."""
    (chain,) = load_rules().chains()
    api = replace(chain.api, path=path, legacy_paths=(), hosts=(), words=(), envelope=None, clients=())
    return build_relevance_test(Options((Chain(api, chain.steps),)))(code.encode())


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        pytest.param("/v{version}/shop/action/{method}", 'post(BASE + "/shop/action/x")', True, id="both segments"),
        pytest.param("/v{version}/shop/action/{method}", 'post(BASE + "/shop/" + KIND)', True, id="the first segment"),
        pytest.param("/v{version}/shop/action/{method}", 'get("https://a.example/shop/")', False, id="another host"),
        pytest.param("/v{version}/shop/action/{method}", 'open("/shop/files")', False, id="another path"),
        pytest.param("/v{version}/shop/{method}", 'post(BASE + "/shop/x")', True, id="a method right behind"),
        pytest.param("/v{version}/{method}", 'post(BASE + "/v1/x")', False, id="nothing but names"),
    ],
)
def test_a_path_is_a_sign_by_its_first_segments(path, code, expected):
    assert worth(path, code) is expected
