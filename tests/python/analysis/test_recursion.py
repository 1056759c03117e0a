"""Code that would send a careless reader around in circles: it is read, and the run goes on."""

import pytest

from cpu_time import at_most
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files
from verbs import shipped

URL = "https://api.livechatinc.com/v3.1/configuration/action/"
GOOD = f'import requests\nrequests.post("{URL}get_bot_agents")\n'.encode()

READ = {
    "an empty tuple as an annotation": "def f(x: tuple[()]): return x.y\nf(1)\n",
    "a reader that is known by its annotation": "import lib\n\nx: lib.Codec\nprint(x.decode(b''))\n",
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
    "a dict that holds itself": f"body = {{1: 2, 'status': body}}\npost('{URL}create_bot_agent', json=body)\n",
    "a dict that is copied under two names at a time": "a = b = {}\n"
    + "a, b = a, a\na = b\n" * 40
    + f"post('{URL}create_bot_agent', json={{**a, **b}})\n",
    "a dict that doubles": "d = {'status': 1}\n" + "d = {**d, **d}\n" * 60 + f"post('{URL}create_bot_agent', json=d)\n",
    "a list that doubles": "d = ['a/']\n" + "d = [*d, *d]\n" * 60 + "for x in d: print(x)\n",
    "keywords handed on among functions that all call each other": "".join(
        f"def f{i}(**kw):\n    post('{URL}create_bot_agent', json=dict(**kw))\n"
        + "".join(f"    f{j}(**kw)\n" for j in range(14))
        for i in range(14)
    ),
    "a brace that is never closed": f'u = "/{{{"a" * 400_000}".format(1)\n',
    "a percent sign before many zeros": f'u = "/%{"0" * 400_000}" % 1\n',
    "a version of many digits": f'u = "https://api.livechatinc.com/v{"3" * 400_000}"\n',
    "one long line of strings with umlauts": "u = [" + "'ä/', " * 10_000 + "]\n",
    "twelve hundred classes that derive from each other": "class A0: pass\n"
    + "".join(f"class A{i + 1}(A{i}): pass\n" for i in range(1200))
    + "A1200().get_bot_agents()\n",
    "a string that may have grown two thousand times": "u = '/'\n" + "if c: u = u + 'b'\n" * 2000 + "print(u)\n",
    "six hundred functions with a dict of the same name": "".join(
        f"def f{i}():\n    x = {{'a': 1}}\n    x['b'] = x['c']\n    print(x['d'], x)\n" for i in range(600)
    ),
    "a JSON string of thirty thousand keys": f"post('{URL}create_bot_agent', data='{{"
    + ", ".join(f'"k{i}": {i}' for i in range(30_000))
    + "}')\n",
    "six hundred comparisons with names of webhooks": "def f(hook):\n    hook['secret_key']\n"
    + "    if hook['action'] == 'thread_closed': pass\n" * 600,
    "three hundred calls with one dict": "b = {'status': 1}\n" + f"post('{URL}create_bot_agent', json=b)\n" * 300,
    "three hundred calls": f"requests.post('{URL}create_bot_agent', json={{'status': 1}})\n" * 300,
}
UNREAD = ["rot13", "zlib", "hex", "punycode", "undefined", "no-such-encoding"]


@pytest.mark.parametrize("code", READ.values(), ids=READ.keys())
def test_hostile_code_is_read(code):
    with at_most(seconds=15):
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
