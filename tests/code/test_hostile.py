"""Code that would send a careless reader around in circles: it is read, and the run goes on."""

import pytest

from migrator.code.migrate import migrate_files
from migrator.code.options import Options
from verbs import shipped

URL = "https://api.livechatinc.com/v3.1/configuration/action/"
GOOD = f'import requests\nrequests.post("{URL}get_bot_agents")\n'.encode()

READ = {
    "an empty tuple as an annotation": "def f(x: tuple[()]): return x.y\nf(1)\n",
    "an annotation that names itself": 'J = dict[str, "J"] | list["J"]\ndef f(a: J): return a["x"]\nf(1)\n',
    "keywords handed on to oneself": (
        f"class A:\n  def go(self, **kw):\n    self.go(**kw)\n    post('{URL}create_bot_agent', json={{**kw}})\n"
    ),
    "a list of itself": "x = [1]\nfor i in x:\n    x = [*x]\n    print(x[0])\n",
    "an attribute of itself": "class S:\n    def __init__(self): self.x = self.x.x.x\ns = S().x\n",
    "nine hundred elifs": "def f(a):\n    if a == 0: pass\n"
    + "".join(f"    elif a == {i}: pass\n" for i in range(900)),
    "a string that doubles": "u = 'https://x/'\n" + "u = u + u\n" * 40 + "print(u)\n",
    "a string that triples": "u = 'https://x/'\n" + "u = f'{u}{u}{u}'\n" * 40 + "print(u)\n",
    "a million letters before a version": f'u = "{"a" * 1_000_000}/v3.1"\n',
    "a class that derives from itself": "class A(A): pass\nA().get_bot_agents()\n",
    "functions that call each other": "def f(a): return g(a)\ndef g(a): return f(a)\nf(1).get_bot_agents()\n",
    "names that stand for each other": "a = b\nb = a\na.get_bot_agents()\n",
}
UNREAD = ["rot13", "zlib", "hex", "punycode", "undefined", "no-such-encoding"]


@pytest.mark.parametrize("code", READ.values(), ids=READ.keys())
def test_hostile_code_is_read(code):
    results = migrate_files({"hostile.py": code.encode(), "good.py": GOOD}, Options(shipped().chains("3.1", "3.2")))
    assert [result.error for result in results] == [None, None]
    assert b"list_bots" in results[1].after


@pytest.mark.parametrize("encoding", UNREAD)
def test_a_file_in_a_strange_encoding_is_named_and_the_others_go_on(encoding):
    files = {"strange.py": f"# coding: {encoding}\nx = 1\n".encode(), "good.py": GOOD}
    strange, good = migrate_files(files, Options(shipped().chains("3.1", "3.2")))
    assert strange.error is not None
    assert b"list_bots" in good.after


def test_modules_that_import_everything_from_each_other_are_read():
    files = {
        "a.py": b"from b import *\n",
        "b.py": b"from a import *\n",
        "c.py": b"from a import x\nx().get_bot_agents()\n",
    }
    results = migrate_files(files, Options(shipped().chains("3.1", "3.2")))
    assert [result.error for result in results] == [None] * 3
