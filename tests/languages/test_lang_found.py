"""Each language says that it speaks of the API in its own ways, and each is understood."""

# ruff: noqa: E501  # programs of one line
from __future__ import annotations

import pytest

from languages.lang_reading import BASE, names, places

HEAD = "https://api.livechatinc.com/v3.1/configuration"
METHODS = {
    "a JavaScript template literal": ("a.js", f"const B = '{BASE}';\nfetch(`${{B}}/get_bot_agents`);"),
    "a JavaScript sum": ("a.mjs", f"const B = '{BASE}/';\naxios.post(B + 'get_bot_agents', {{}});"),
    "a whole URL in JSX": ("a.jsx", f"const A = () => <a href='{BASE}/get_bot_agents'>x</a>;"),
    "an attribute of a TypeScript class": (
        "a.ts",
        f"class C {{ private base: string = '{BASE}'; f() {{ return this.http(`${{this.base}}/get_bot_agents`); }} }}",
    ),
    "a default of a variable of the environment": (
        "a.ts",
        f"const B = process.env.LC ?? '{BASE}';\nfetch(`${{B}}/get_bot_agents`);",
    ),
    "TSX": ("a.tsx", f"const B: string = '{BASE}';\nexport const f = () => get<Bots>(`${{B}}/get_bot_agents`);"),
    "new URL with a base": ("a.js", f"fetch(new URL('get_bot_agents', '{BASE}/'));"),
    "a client with a base": (
        "a.js",
        f"const http = axios.create({{ baseURL: '{BASE}' }});\nhttp.post('/get_bot_agents', {{}});",
    ),
    "a wrapper that takes the name": (
        "a.js",
        f"const call = (name, body) => fetch(`{BASE}/${{name}}`, {{ body }});\ncall('get_bot_agents', '{{}}');",
    ),
    "a PHP class constant": (
        "a.php",
        f"<?php class C {{ const B = '{BASE}/'; function f() {{ return $this->p(self::B . 'get_bot_agents'); }} }}",
    ),
    "PHP interpolation": ("a.php", f"<?php $b = '{BASE}';\n$r = post(\"$b/get_bot_agents\");"),
    "PHP define and sprintf": ("a.php", f"<?php define('B', '{BASE}');\n$u = sprintf('%s/%s', B, 'get_bot_agents');"),
    "Go Sprintf": ("a.go", f'package a\nconst b = "{BASE}"\nvar u = fmt.Sprintf("%s/get_bot_agents", b)'),
    "a Go sum": ("a.go", f'package a\nfunc f() {{ b := "{BASE}/"; http.Post(b+"get_bot_agents", "", nil) }}'),
    "Ruby interpolation": ("a.rb", f"B = '{BASE}'.freeze\nHTTP.post(\"#{{B}}/get_bot_agents\")"),
    "a Ruby instance variable": (
        "a.rb",
        f"class A\n def i\n  @b = '{BASE}'\n end\n def f\n  g(@b + '/get_bot_agents')\n end\nend",
    ),
    "Ruby format": ("a.rb", f"B = '{BASE}'\nURI('%s/get_bot_agents' % B)"),
    "a Java constant": (
        "A.java",
        f'class A {{ static final String B = "{BASE}"; String f() {{ return g(B + "/get_bot_agents"); }} }}',
    ),
    "Java String.format": (
        "A.java",
        f'class A {{ static final String B = "{BASE}"; String u = String.format("%s/get_bot_agents", B); }}',
    ),
    "a Kotlin template": ("a.kt", f'const val B = "{BASE}"\nfun f() = post("$B/get_bot_agents")'),
    "C# interpolation": (
        "a.cs",
        f'class A {{ const string B = "{BASE}"; void F() {{ P($"{{B}}/get_bot_agents"); }} }}',
    ),
    "C# string.Format": (
        "a.cs",
        f'class A {{ const string B = "{BASE}"; string U = string.Format("{{0}}/{{1}}", B, "get_bot_agents"); }}',
    ),
    "a variable of the shell": ("a.sh", f'B="{BASE}"\ncurl -X POST "$B/get_bot_agents" -d "{{}}"'),
    "a default of the shell": ("a.sh", f'curl -X POST "${{LC:-{BASE}}}/get_bot_agents"'),
    "a script without a suffix": ("bin/bots", f"#!/usr/bin/env bash\ncurl {BASE}/get_bot_agents"),
    "a script in HTML": (
        "a.html",
        f"<p>x</p>\n<script>\nconst B = '{BASE}';\nfetch(B + '/get_bot_agents');\n</script>",
    ),
    "a link in HTML": ("a.html", f'<a href="{BASE}/get_bot_agents">bots</a>'),
    "a Vue component": (
        "a.vue",
        f"<template><b/></template>\n<script lang='ts'>\nconst b: string = '{BASE}';\nf(`${{b}}/get_bot_agents`);\n</script>",
    ),
    "Svelte": (
        "a.svelte",
        f"<script>\n let r = fetch('{BASE}/get_bot_agents');\n</script>\n{{#each r as x}}{{x}}{{/each}}",
    ),
    "a language that is not parsed": ("a.rs", f'let url = "{BASE}/get_bot_agents";'),
    "a variable of a Makefile": ("Makefile.mk", f"API := {BASE}\nbots:\n\tcurl $(API)/get_bot_agents -d @x"),
    "a base of which nothing is known in a file that hints at the API": (
        "a.ts",
        "// LiveChat\nconst bots = () => http.post(`${this.base}/get_bot_agents`);",
    ),
    "a path with a hint": ("a.js", "// talks to LiveChat\nhttp.post('/v3.1/configuration/action/get_bot_agents');"),
    "a client whose base serves every API": (
        "a.js",
        "const http = axios.create({ baseURL: 'https://api.livechatinc.com/v3.1' });\n"
        "http.post('/configuration/action/get_bot_agents', {}); http.post('/agent/action/send_event', {});",
    ),
    "a client whose base ends in a slash": (
        "a.mjs",
        "const http = got.extend({ prefixUrl: 'https://api.livechatinc.com/v3.1/' });\n"
        "http.post('configuration/action/get_bot_agents');",
    ),
    "a wrapper that takes the name of the service too": (
        "a.js",
        "class C { constructor() { this.base = 'https://api.livechatinc.com/v3.1'; }\n"
        "post(service, name) { return f(`${this.base}/${service}/action/${name}`); }\n"
        "bots() { return this.post('configuration', 'get_bot_agents'); } }",
    ),
    "a pattern of a URL in a test": (
        "a.ts",
        "// LiveChat\ncy.intercept('POST', '**/configuration/action/get_bot_agents', []);",
    ),
    "a URL that is made step by step": (
        "a.js",
        "let u = 'https://api.livechatinc.com/v3.1'; u += '/configuration/action/'; u += 'get_bot_agents'; fetch(u);",
    ),
    "an older path": ("a.js", f"fetch('{HEAD}/agents/get_bot_agents');"),
}


@pytest.mark.parametrize("case", METHODS.values(), ids=[f"{name} leads to the method" for name in METHODS])
def test_a_method(case):
    assert ("method-get-bot-agents", "get_bot_agents") in places(*case)


WITH_VERSION = {name: case for name, case in METHODS.items() if ".com/v3.1" in case[1] and name != "an older path"}


@pytest.mark.parametrize(
    "case", WITH_VERSION.values(), ids=[f"the version is found in {name}" for name in WITH_VERSION]
)
def test_the_version_is_found_where_it_is_written(case):
    assert ("version-3.2", "3.1") in places(*case)


HOOKS = {
    "a switch in JavaScript": (
        "a.js",
        "if (b.secret_key !== S) r();\nswitch (b.action) { case 'thread_closed': f(); }",
    ),
    "a comparison of a destructured name": (
        "a.js",
        "const { action, secret_key } = req.body;\nif (action === 'thread_closed') f();",
    ),
    "a table of handlers": (
        "a.js",
        "const on = { thread_closed: f };\nexport default (r) => r.body.webhook_id && on[r.body.action](r.body);",
    ),
    "a table without a name": ("a.js", "g(h.secret_key); ({ thread_closed: f })[h.action](h);"),
    "a list that includes it": ("a.js", "check(h.secret_key); if (['thread_closed'].includes(h.action)) f();"),
    "a path to its name": (
        "a.js",
        "check(req.body.secret_key); if (_.get(req, 'body.action') === 'thread_closed') f();",
    ),
    "a constant": ("a.js", "const CLOSED = 'thread_closed';\nif (h.secret_key && h.action === CLOSED) f();"),
    "a constant of C#": (
        "a.cs",
        'class A { const string C = "thread_closed"; void F(H h) { G(h.SecretKey); switch (h.Action) { case C: X(); break; } } }',
    ),
    "a listener of what is emitted": (
        "a.js",
        "check(h.secret_key); bus.emit(h.action, h.payload);\nbus.on('thread_closed', f);",
    ),
    "a body that registers it": (
        "a.js",
        f"fetch('{BASE}/register_webhook', {{ body: JSON.stringify({{ url: u, action: 'thread_closed' }}) }});",
    ),
    "the webhooks of a bot": (
        "a.ts",
        f"post('{BASE}/create_bot_agent', {{ name: 'x', webhooks: {{ url, actions: [{{ name: 'thread_closed' }}] }} }});",
    ),
    "an interface of TypeScript": ("a.ts", "interface H { secret_key: string; action: 'thread_closed' | 'other' }"),
    "three names together with a hint": (
        "a.ts",
        "// LiveChat\nexport const HOOKS = ['thread_closed', 'incoming_event', 'chat_user_added'];",
    ),
    "a switch in PHP": (
        "a.php",
        "<?php if ($h['secret_key'] != $s) die; switch ($h['action']) { case 'thread_closed': f(); }",
    ),
    "in_array of PHP": ("a.php", "<?php g($h['secret_key']); if (in_array($h['action'], ['thread_closed'])) f();"),
    "match of PHP": ("a.php", "<?php g($h->secret_key); $r = match($h->action) { 'thread_closed' => 1 };"),
    "a struct of Go": (
        "a.go",
        'package a\ntype H struct { Action string `json:"action"`; Key string `json:"secret_key"` }\n'
        'func f(h H) { switch h.Action { case "thread_closed": g() } }',
    ),
    "case of Ruby": ("a.rb", "halt 403 if p[:secret_key] != K\ncase p['action']\nwhen 'thread_closed' then f\nend"),
    "a symbol of Ruby": ("a.rb", "g(p[:secret_key])\nf if p[:action].to_sym == :thread_closed"),
    "equals of Java": (
        "A.java",
        'class A { void f(J h) { g(h.getString("secret_key")); if ("thread_closed".equals(h.getString("action"))) x(); } }',
    ),
    "getters of Java": (
        "A.java",
        'class A { void f(H h) { g(h.getSecretKey()); switch (h.getAction()) { case "thread_closed": x(); } } }',
    ),
    "Map.of of Java": (
        "A.java",
        'class A { Object b = Map.of("url", u, "secret_key", s, "action", "thread_closed"); }',
    ),
    "when of Kotlin": (
        "a.kt",
        'fun f(h: J) { g(h.getString("secret_key")); when (h.getString("action")) { "thread_closed" -> x() } }',
    ),
    "properties of C#": (
        "a.cs",
        'class A { void F(H h) { G(h.SecretKey); switch (h.Action) { case "thread_closed": X(); break; } } }',
    ),
    "a switch expression of C#": (
        "a.cs",
        'class A { int F(H h) { G(h.SecretKey); return h.Action switch { "thread_closed" => 1, _ => 0 }; } }',
    ),
    "JSON that curl sends": (
        "a.sh",
        f"""curl {BASE}/register_webhook -d '{{"url":"u","secret_key":"s","action":"thread_closed"}}'""",
    ),
    "a script in HTML": ("a.html", "<script>if (h.webhook_id && h.action === 'thread_closed') f();</script>"),
}


@pytest.mark.parametrize("case", HOOKS.values(), ids=[f"{name} shows a webhook" for name in HOOKS])
def test_a_webhook(case):
    assert ("webhook-thread-closed", "thread_closed") in places(*case)


STATUS = {
    "a key that is set later": (
        "a.js",
        f"const bot = {{ name }};\nbot.status = 'offline';\naxios.post('{BASE}/create_bot_agent', bot);",
    ),
    "an object of JavaScript": ("a.js", f"axios.post('{BASE}/create_bot_agent', {{ name: n, status: 'offline' }});"),
    "an object in a variable": (
        "a.js",
        f"const body = {{ name: n, status: s }};\naxios.post('{BASE}/create_bot_agent', body);",
    ),
    "an array of PHP": ("a.php", f"<?php post('{BASE}/create_bot_agent', ['name' => $n, 'status' => 'offline']);"),
    "a hash of Ruby": ("a.rb", f"post('{BASE}/create_bot_agent', body: {{ name: n, status: 'offline' }}.to_json)"),
    "a map of Go": (
        "a.go",
        f'package a\nfunc f() {{ post("{BASE}/create_bot_agent", map[string]any{{"status": "offline"}}) }}',
    ),
    "an anonymous object of C#": (
        "a.cs",
        f'class A {{ void F() {{ P("{BASE}/create_bot_agent", new {{ name = n, status = "offline" }}); }} }}',
    ),
    "JSON that curl sends": ("a.sh", f"""curl {BASE}/create_bot_agent -d '{{"name":"B","status":"offline"}}'"""),
    "JSON below a command": (
        "a.sh",
        f'curl {BASE}/create_bot_agent -d @- <<EOF\n{{"name":"B","status":"offline"}}\nEOF',
    ),
    "JSON in a variable": (
        "a.js",
        f'const body = \'{{"name":"B","status":"offline"}}\';\nfetch(\'{BASE}/create_bot_agent\', {{ body }});',
    ),
    "JSON that is put together": (
        "A.java",
        'class A { void f(String n) { String j = "{\\"name\\": \\"" + n + "\\", \\"status\\": \\"offline\\"}"; '
        f'post("{BASE}/create_bot_agent", j); }} }}',
    ),
    "JSON in doubled quotes": (
        "a.cs",
        f'class A {{ void F() {{ var b = @"{{""status"": ""offline""}}"; P("{BASE}/create_bot_agent", b); }} }}',
    ),
    "JSON in a heredoc of Ruby": ("a.rb", f'post("{BASE}/create_bot_agent", <<~J)\n  {{"status": "offline"}}\nJ\n'),
    "an object that is made into JSON before": (
        "a.js",
        f"function f(s) {{ const b = JSON.stringify({{ status: s }}); fetch('{BASE}/create_bot_agent', {{ body: b }}); }}",
    ),
    "an array at the top of a script of PHP": (
        "a.php",
        f"<?php $c = curl_init('{BASE}/create_bot_agent');\n$d = ['status' => 'offline'];\n"
        "curl_setopt($c, CURLOPT_POSTFIELDS, json_encode($d));",
    ),
    "a map in a block of Kotlin": (
        "a.kt",
        f'suspend fun f() = http.post("{BASE}/create_bot_agent") {{ setBody(mapOf("status" to "offline")) }}',
    ),
    "an argument with a name in Ruby": (
        "a.rb",
        f'B = "{BASE}"\ndef call(m, b) = post("#{{B}}/#{{m}}", b)\ncall("create_bot_agent", name: n, status: "offline")',
    ),
    "a key in brackets": (
        "a.js",
        f"function f(b) {{ b['status'] = 'offline'; post('{BASE}/create_bot_agent', b); }}",
    ),
    "a key that is put into a map": (
        "A.java",
        f'class A {{ void f(M b) {{ b.put("status", "offline"); post("{BASE}/create_bot_agent", b.json()); }} }}',
    ),
}


@pytest.mark.parametrize("case", STATUS.values(), ids=[f"{name} holds the status of a new bot" for name in STATUS])
def test_status(case):
    assert ("create-bot-status", "status") in places(*case)


def test_the_webhooks_of_a_bot_are_found_in_json_inside_of_a_string():
    body = '{"name":"B","webhooks":{"url":"u","secret_key":"s","actions":[{"name":"thread_closed"}]}}'
    assert "thread_closed" in names("a.sh", f"curl {BASE}/create_bot_agent -d '{body}'")


@pytest.mark.parametrize(
    "text",
    [
        "if (h.secret_key && h.action === 'access_set') { const p = h.payload; if (p.resource === 'chat') f(); }",
        "const { action, payload, secret_key } = b;\nif (action === 'access_set') f(payload.resource);",
    ],
    ids=["is read", "is taken apart"],
)
def test_the_resource_of_an_access_webhook_is_found_where_its_body(text):
    assert ("access-resource", "resource") in places("a.js", text)


def test_a_new_bot_that_is_not_told_to_be_online_is_pointed_out_unless_the_file_does_that():
    text = f"post('{BASE}/create_bot_agent', {{}});"
    assert ("bot-starts-offline", "create_bot_agent") in places("a.js", text)
    assert ("bot-starts-offline", "create_bot_agent") not in places("a.js", text + "post(x + 'set_routing_status');")


def test_a_scope_that_reaches_further_is_found_in_a_file_that_names_the_api():
    text = "// LiveChat\nconst scopes = ['agents-bot--all:rw'];"
    assert ("update-bot-scope", "agents-bot--all:rw") in places("a.js", text)


def test_a_webhook_without_a_successor_is_told_to_be_gone():
    assert names("a.js", "f(h.secret_key); if (h.action === 'agent_status_changed') g();") == ["agent_status_changed"]


SDKS = {
    "an instance in JavaScript": (
        "a.js",
        "import { ConfigurationAPI } from '@livechat/lc-sdk-js';\nconst c = new ConfigurationAPI();\nc.getBotAgents();",
        "getBotAgents",
    ),
    "a namespace in TypeScript": (
        "a.ts",
        "import * as lc from '@livechat/lc-sdk-js';\nconst c = lc.Configuration.Web(t);\nc.getBotAgents();",
        "getBotAgents",
    ),
    "require": (
        "a.js",
        "const lc = require('@livechat/lc-sdk-js');\nnew lc.API().x(); lc.getBotAgents();",
        "getBotAgents",
    ),
    "a parameter in Go": (
        "a.go",
        'package a\nimport "github.com/livechat/lc-sdk-go/configuration"\n'
        "func f(api *configuration.API) { api.GetBotAgents(true) }",
        "GetBotAgents",
    ),
    "a type of a webhook in Go": (
        "a.go",
        'package a\nimport "github.com/livechat/lc-sdk-go/webhooks"\n'
        "func f(h *webhooks.Webhook) { p, _ := h.Payload.(*webhooks.ThreadClosed); g(p) }",
        "ThreadClosed",
    ),
    "an instance in Go": (
        "a.go",
        'package a\nimport cfg "github.com/livechat/lc-sdk-go/v2/configuration"\n'
        "func f() { api, _ := cfg.NewAPI(t, nil, c); api.GetBotAgents(true) }",
        "GetBotAgents",
    ),
}


@pytest.mark.parametrize("case", SDKS.values(), ids=[f"{name} is of the library" for name in SDKS])
def test_a_derived_spelling(case):
    assert case[2] in [text for _, text in places(*case[:2])]


def test_the_names_that_are_handed_to_a_library_of_the_api_are_found():
    text = 'package a\nimport "github.com/livechat/lc-sdk-go/webhooks"\nvar c = webhooks.NewConfiguration().WithAction("thread_closed", f, s)'
    assert names("a.go", text) == ["thread_closed"]
