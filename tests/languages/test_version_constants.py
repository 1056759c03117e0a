"""A constant with the version of URLs whose service is put in at run time is found, once."""

# ruff: noqa: E501  # programs of one line
from __future__ import annotations

import pytest

from languages.lang_reading import places, result

PROGRAMS = {
    "a.go": 'package a\nconst apiVersion = "3.1"\nfunc f(a, n string) string { return fmt.Sprintf("%s/v%s/%s/action/%s", "https://api.livechatinc.com", apiVersion, a, n) }\n',
    "A.java": 'class A {\n  static final String VERSION = "3.1";\n  String f(String a, String n) { return String.format("https://api.livechatinc.com/v%s/%s/action/%s", VERSION, a, n); }\n}\n',
    "a.ts": 'const VERSION = "3.1";\nexport const f = (a: string, n: string) => `https://api.livechatinc.com/v${VERSION}/${a}/action/${n}`;\n',
}


@pytest.mark.parametrize("path", PROGRAMS)
def test_the_constant_is_one_manual_finding(path):
    assert places(path, PROGRAMS[path]) == [("version-3.2", "3.1")]
    (finding,) = result(path, PROGRAMS[path]).findings
    assert "the version of all URLs that are built with it" in finding.message


@pytest.mark.parametrize("path", PROGRAMS)
@pytest.mark.parametrize(
    ("old", "new"),
    [("api.livechatinc.com", "api.other.example"), ('"3.1"', '"3.2"'), ("/action/", "/rtm/"), ('"3.1"', "version()")],
)
def test_other_hosts_versions_and_paths_are_left_alone(path, old, new):
    assert result(path, PROGRAMS[path].replace(old, new)).findings == ()


def test_the_url_of_a_neighbouring_service_is_left_alone():
    assert result("a.ts", PROGRAMS["a.ts"].replace("${a}", "agent")).findings == ()
