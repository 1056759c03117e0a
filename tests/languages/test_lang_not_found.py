"""A name alone proves nothing: other programs that use the same words are left in peace."""

# programs of one line
from __future__ import annotations

import pytest

from languages.lang_reading import BASE, names, places, result, states

OTHER = "https://api.acme.test/v3.1/configuration/action"
SAME_WORDS = {
    "a forum whose threads are closed": ("a.js", "bus.on('thread_closed', f); emit('thread_closed', { id });"),
    "a score that is granted": ("a.ts", "const access_granted = score > 3; log.access_granted = access_granted;"),
    "an identifier of JavaScript": ("a.js", "function get_bot_agents() {}\nget_bot_agents();"),
    "a method of another client": ("a.js", "import { Pool } from 'pg';\nconst c = new Pool();\nc.getBotAgents();"),
    "the configuration of another vendor": ("a.js", f"fetch('{OTHER}/get_bot_agents');"),
    "the configuration of another vendor through a constant": (
        "a.php",
        f"<?php const B = '{OTHER}';\n$r = post(B . '/get_bot_agents');",
    ),
    "a path without any hint": ("a.go", 'package a\nvar u = "/v3.1/configuration/action/get_bot_agents"'),
    "webhooks of a forge": (
        "a.js",
        "if (e.repository && e.sender && e.action === 'thread_closed') f(e.payload);",
    ),
    "a store with actions and payloads": (
        "a.ts",
        "switch (action.type) { case 'thread_closed': return { ...s, x: action.payload }; }",
    ),
    "an action in Ruby on Rails": ("a.rb", "if params[:action] == 'access_set'\n  x\nend"),
    "messages of the neighbouring API": (
        "a.js",
        "const ws = new WebSocket('wss://api.livechatinc.com/v3.1/agent/rtm/ws');\n"
        "ws.onmessage = (m) => { if (m.action === 'thread_closed') f(m.payload); };",
    ),
    "a table of a database": (
        "a.java",
        'class A { String q = "select access_granted from t where thread_closed = 1"; }',
    ),
    "a comment": ("a.go", "package a\n// get_bot_agents and thread_closed of LiveChat\n"),
    "a comment with a URL": ("a.js", f"/* {BASE}/get_bot_agents */ f();"),
    "a longer name": ("a.cs", 'class A { string s = "get_bot_agents_cache"; }'),
    "a name in a log": ("a.js", f"fetch('{BASE}/register_webhook'); console.log('thread_closed');"),
    "a longer name in JSON that curl sends": (
        "a.sh",
        f"""curl {BASE}/register_webhook -d '{{"url":"u","secret_key":"s","action":"thread_closed_twice"}}'""",
    ),
    "a case of the shell": ("a.sh", 'case "$1" in\n  thread_closed) exit 0;;\nesac'),
    "a listener of something else": (
        "a.js",
        "check(h.secret_key); bus.emit(h.action, h.payload);\nforum.on('thread_closed', f); bus.off('thread_closed');",
    ),
    "a base of which nothing is known": ("a.ts", "const bots = () => http.post(`${this.base}/get_bot_agents`);"),
    "a library of the same words": ("a.js", "import { C } from 'other-sdk';\nconst c = new C(); c.getBotAgents();"),
    "another client beside the library": (
        "a.js",
        "import { Agent } from '@livechat/lc-sdk-js';\nimport { O } from 'o';\nconst o = new O(); o.getBotAgents();",
    ),
    "plain text": ("notes.txt2", "we call get_bot_agents and thread_closed"),
    "markup": ("a.html", "<p>thread_closed</p><script>f('thread_closed')</script>"),
}


@pytest.mark.parametrize("case", SAME_WORDS.values(), ids=[f"{name} is left in peace" for name in SAME_WORDS])
def test_nothing_is_found(case):
    assert names(*case) == []


ALONE = {
    "an envelope of another vendor with a secret but no name of an action": "if (h.secret_key) f('thread_closed');",
    "the body of a webhook": "f(h.secret_key, h.action); if (h.payload === 'thread_closed') g();",
    "the newer version": "fetch('https://api.livechatinc.com/v3.2/configuration/action/list_bots');",
}


@pytest.mark.parametrize("text", ALONE.values(), ids=[f"{name} is left alone" for name in ALONE])
def test_nothing_at_all_is_found(text):
    assert places("a.js", text) == []


def test_what_is_sent_to_a_version_beyond_the_one_that_is_reached_is_left_alone():
    url = "https://api.livechatinc.com/v3.5/configuration/action/create_bot"
    assert places("a.js", f"fetch('{url}', {{ body: JSON.stringify({{ name, status: 'offline' }}) }});") == []


def test_an_attribute_of_html_is_no_name_of_the_api_though_a_link_leads_there():
    assert names("a.html", f'<p id="thread_closed"><a href="{BASE}/register_webhook">x</a></p>') == []


ANSWERS = {
    "what a function gives back": "const r = await post(u, body); return { status: 'ok', data: r };",
    "what a server answers": "const r = await post(u, req.body); res.status(201).json({ status: 'created' });",
    "what is made of the answer": "return post(u, body).then((r) => ({ status: r.status }));",
    "what is logged": "log.info({ status: 'sending' }); await post(u, body);",
}


@pytest.mark.parametrize("code", ANSWERS.values(), ids=[f"{name} is not the body of the call" for name in ANSWERS])
def test_an_answer(code):
    text = f"async function f(body) {{ const u = '{BASE}/create_bot_agent'; {code} }}"
    assert "status" not in [found for _, found in places("a.js", text)]


def test_what_else_stands_in_a_file_is_told_apart_in_the_ledger():
    text = "// thread_closed\nconst thread_closed_at = 1;\nfetch('https://o.test/v1/configuration/thread_closed');\nf(thread_closed);"
    assert states(result("a.js", text)) == {
        "comment_or_docstring": 1,
        "longer_name": 1,
        "proven_other": 1,
        "name_only": 1,
    }
