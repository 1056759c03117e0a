"""Bytes outside the edits stay identical, whatever the file looks like."""

import pytest

from verbs import migrated, told_comments

URL = b"https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents"
NEW = b"https://api.livechatinc.com/v3.2/configuration/action/list_bots"
CLIENT = b"from livechat.configuration import ConfigurationApi\nclient = ConfigurationApi('t')\n"

FILES = [
    pytest.param(b'import requests\r\n\r\nrequests.post("' + URL + b'",\r\n    json={})\r\n', id="CRLF"),
    pytest.param(b'import requests\n\r\nx = 1\r\nrequests.post("' + URL + b'")\ny = 2\r\n', id="mixed line ends"),
    pytest.param(b'import requests\rrequests.post("' + URL + b'")\rx = 1\r', id="lone carriage returns"),
    pytest.param(b'\xef\xbb\xbfimport requests\nrequests.post("' + URL + b'")\n', id="a byte order mark"),
    pytest.param(b'\xef\xbb\xbfX = "' + URL + b'"\r\n', id="a byte order mark, CRLF and an edit on the first line"),
    pytest.param(
        b'# -*- coding: latin-1 -*-\n# caf\xe9\nNAME = "\xe9\xe8\xfc"; URL = "' + URL + b'"  # \xa7\nAFTER = "\xdf"\n',
        id="latin-1 with a cookie",
    ),
    pytest.param(
        b'#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nX = "\x80 \x93"; URL = "' + URL + b'"\n',
        id="cp1252 with a cookie of vim",
    ),
    pytest.param(b'# coding: iso-8859-15\r\nX = "\xa4"; URL = "' + URL + b'"', id="latin-9, CRLF and no final newline"),
    pytest.param(
        b'# coding: utf-8\nX = "\xc3\xa9\xf0\x9f\x98\x80"; URL = "' + URL + b'"; Y = "\xe2\x82\xac"\n',
        id="characters of several bytes before the edit",
    ),
    pytest.param(b'import requests\nrequests.post("' + URL + b'")', id="no final newline"),
    pytest.param(b'import requests\nrequests.post("' + URL + b'")\n\n\n', id="empty lines at the end"),
    pytest.param(b'import requests\nif True:\n\trequests.post(\n\t\t"' + URL + b'",\tjson={})\t\n', id="tabs"),
    pytest.param(b'import requests\n\x0c\n\x0cdef f():\n    requests.post("' + URL + b'")\n\x0c\n', id="form feeds"),
    pytest.param(
        b'import requests  \nrequests . post ( "' + URL + b'" ,json = { } )   ;   \n', id="blanks nobody wants"
    ),
    pytest.param(
        b'import requests\ntry:\n    requests.post("' + URL + b'")\nexcept Exception :\n    pass\n',
        id="a blank before a colon",
    ),
    pytest.param(b'import requests\nrequests.\\\n  post(\\\n"' + URL + b'")\n', id="continued lines"),
    pytest.param(
        b'import requests\nx = 0XFF + 1_000 + 1E5 + 0o17 + 1J\nrequests.post("' + URL + b'")\n',
        id="numbers in unusual forms",
    ),
    pytest.param(
        b'X = "a\x0bb\xe2\x80\xa8c\x1cd"\nURL = "' + URL + b'"\n', id="characters that only look like line ends"
    ),
    pytest.param(b'X = """\r\n a\n b\r\n"""\nURL = """' + URL + b'"""\r\n', id="line ends inside of a string"),
    pytest.param(
        b'class A: URL = "' + URL + b'"; x: int; y = (1,)\nmatch = case = type = 1\n',
        id="one-line blocks and soft keywords",
    ),
    pytest.param(b"# " + URL + b"\nURL = '" + URL + b"'  # " + URL + b"\n", id="comments with the same text"),
]


@pytest.mark.parametrize("raw", FILES)
def test_a_file_keeps_its_bytes(raw):
    plain = raw.replace(b"# " + URL, b"# COMMENT")
    expected = plain.replace(URL, NEW).replace(b"# COMMENT", b"# " + URL)
    assert expected != raw
    assert migrated(raw).after == expected


COMMENTS = [
    pytest.param(
        CLIENT.replace(b"\n", b"\r\n") + b"client.update_bot_agent(id='x', status='offline')\r\n", b"\r\n", id="CRLF"
    ),
    pytest.param(CLIENT + b"client.update_bot_agent(id='x', status='offline')\n", b"\n", id="LF"),
    pytest.param(CLIENT + b"client.update_bot_agent(id='x', status='offline')", b"\n", id="no final newline"),
    pytest.param(
        CLIENT + b"x = 1\r\nclient.update_bot_agent(id='x', status='offline')\r\ny = 2\n",
        b"\r\n",
        id="the line end of its statement in a mixed file",
    ),
    pytest.param(
        b"\xef\xbb\xbf" + CLIENT + b"client.update_bot_agent(id='x', status='offline')\n",
        b"\n",
        id="LF behind a byte order mark",
    ),
    pytest.param(
        b"# coding: latin-1\n# \xe9\n" + CLIENT + b"client.update_bot_agent(id='\xe9', status='offline')\n",
        b"\n",
        id="LF in latin-1",
    ),
]


@pytest.mark.parametrize(("raw", "end"), COMMENTS)
def test_a_comment_that_is_put_in_ends_like_the_lines_around_it(raw, end):
    after = migrated(raw).after
    start = after.index(b"# TODO(migrator update-bot-status): ")
    comment = after[start : after.index(b"client.update_bot(")]
    assert comment.endswith(end)
    assert comment.count(b"\n") == comment.count(end) == comment.count(b"# ") > 1
    assert comment.isascii()
    cut = after[:start] + after[start + len(comment) :]
    assert cut == raw.replace(b"update_bot_agent", b"update_bot").replace(b", status='offline'", b"")


def test_lines_that_are_removed_leave_the_others_with_their_line_ends():
    raw = CLIENT + b'client.create_bot_agent(\r\n    name="x",\n    status="offline",\r\n    avatar="y",\r\n)\n'
    assert migrated(raw).after == CLIENT + b'client.create_bot(\r\n    name="x",\n    avatar="y",\r\n)\n'


def test_a_comment_takes_the_indentation_of_its_statement():
    raw = CLIENT + b"if True:\n\t  if True:\n\t  \tclient.update_bot_agent(id='x', status='offline')\n"
    after = told_comments(migrated(raw).after.decode())
    tail = "if True:\n\t  if True:\n\t  \t# TODO(migrator update-bot-status): ...\n\t  \tclient.update_bot(id='x')\n"
    assert after == CLIENT.decode() + tail


def test_a_comment_never_lands_between_a_decorator_and_its_function():
    raw = CLIENT + b"@client.update_bot_agent(id='x', status='offline')\n@staticmethod\ndef f():\n    pass\n"
    after = told_comments(migrated(raw).after.decode()).removeprefix(CLIENT.decode())
    assert after.startswith("# TODO(migrator update-bot-status): ...\n@client.update_bot(id='x')\n@staticmethod\n")


def test_a_large_file_is_migrated_like_a_small_one():
    filler = b"".join(b"def f%d(a, b=%d):\n    return {'a': a, 'b': b}\n\n\n" % (i, i) for i in range(1200))
    raw = filler + b'URL = "' + URL + b'"\n' + filler
    assert migrated(raw).after == raw.replace(URL, NEW)


def test_findings_come_in_the_order_of_the_file():
    raw = b'B = "' + URL + b'"\nA = "' + URL + b'"\n' + CLIENT + b"client.create_bot_agent(status='offline')\n"
    places = [(finding.line, finding.column) for finding in migrated(raw).findings]
    assert places == sorted(places)


def test_columns_count_characters_and_not_bytes():
    raw = 'é = "ü😀"; URL = "'.encode() + URL + b'"\n'
    (name,) = [finding for finding in migrated(raw).findings if finding.rule == "method-get-bot-agents"]
    line = raw.decode().splitlines()[0]
    assert line[name.column - 1 : name.end_column - 1].strip('"').endswith("get_bot_agents")
