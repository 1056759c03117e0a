"""Programs of one tree know of each other: by what they import, by the classes that they name, by their package."""

# programs of one line
from __future__ import annotations

import pytest

from languages.lang_reading import BASE, tree

WRAPPER = f"export const call = (m) => fetch(`{BASE}/${{m}}`);"
CALL = "call('get_bot_agents');"
PHP = f"<?php namespace Acme\\Lc; class Client {{ function c($m) {{ return post('{BASE}/' . $m); }} }}"
RUBY = f'class LivechatClient\n def call(m)\n  post("{BASE}/#{{m}}")\n end\nend'
SHARP = f'class LcClient {{ void Call(string m) {{ Post("{BASE}/" + m); }} }}'
GO = f'package lc\nfunc Call(m string) {{ post("{BASE}/" + m) }}'
NEAR = {
    "an alias of the root": (
        "src/lc/client.ts",
        WRAPPER,
        "src/jobs/a.ts",
        f"import {{ call }} from '@/lc/client';\n{CALL}",
    ),
    "a path from the root": (
        "src/lc/client.ts",
        WRAPPER,
        "src/jobs/a.ts",
        f"import {{ call }} from 'src/lc/client';\n{CALL}",
    ),
    "a package of the workspace": (
        "packages/lc-client/src/index.ts",
        WRAPPER,
        "apps/web/a.ts",
        f"import {{ call }} from '@acme/lc-client';\n{CALL}",
    ),
    "an import of a component": (
        "src/lc/client.ts",
        WRAPPER,
        "src/pages/A.vue",
        f"<p/>\n<script setup lang='ts'>\nimport {{ call }} from '@/lc/client';\n{CALL}\n</script>",
    ),
    "a class of PHP": (
        "src/Lc/Client.php",
        PHP,
        "src/Jobs/A.php",
        "<?php use Acme\\Lc\\Client; function f(Client $c) { $c->c('get_bot_agents'); }",
    ),
    "a class of Ruby that is loaded by its name": (
        "app/services/livechat_client.rb",
        RUBY,
        "app/jobs/a.rb",
        'LivechatClient.new.call("get_bot_agents")',
    ),
    "a class of C# in another folder": (
        "Lc/LcClient.cs",
        SHARP,
        "Jobs/A.cs",
        'class A { LcClient c; void F() { c.Call("get_bot_agents"); } }',
    ),
    "a package of Go": (
        "internal/lc/client.go",
        GO,
        "cmd/a/main.go",
        'package main\nimport "acme.test/app/internal/lc"\nfunc f() { lc.Call("get_bot_agents") }',
    ),
    "a class of PHP in the same folder": (
        "src/Lc/Client.php",
        PHP,
        "src/Lc/Bots.php",
        "<?php namespace Acme\\Lc; class Bots { function f(Client $c) { $c->c('get_bot_agents'); } }",
    ),
}
FAR = {
    "a library of the same name": (
        "src/lc/client.ts",
        WRAPPER,
        "src/jobs/a.ts",
        f"import {{ call }} from 'other/client';\n{CALL}",
    ),
    "a class of another namespace": (
        "src/Lc/Client.php",
        PHP,
        "src/Jobs/A.php",
        "<?php use GuzzleHttp\\Client; function f(Client $c) { $c->c('get_bot_agents'); }",
    ),
    "a class whose name is declared twice": (
        "app/a/livechat_client.rb",
        RUBY + "\n",
        "app/b/livechat_client.rb",
        'class LivechatClient\n def f\n  LivechatClient.new.call("get_bot_agents")\n end\nend',
    ),
}


@pytest.mark.parametrize("case", NEAR.values(), ids=[f"{name} leads to what calls the API" for name in NEAR])
def test_near(case):
    assert tree({case[0]: case[1], case[2]: case[3]})[case[2]] == ["get_bot_agents"]


@pytest.mark.parametrize("case", FAR.values(), ids=[f"{name} does not lead there" for name in FAR])
def test_far(case):
    assert tree({case[0]: case[1], case[2]: case[3]})[case[2]] == []


def test_what_an_index_hands_on_is_imported_from_it():
    files = {
        "src/lc/client.ts": WRAPPER,
        "src/lc/index.ts": f"export * from './client'; // {BASE}",
        "src/a.ts": f"import {{ call }} from './lc';\n{CALL}",
    }
    assert tree(files)["src/a.ts"] == ["get_bot_agents"]


def test_a_name_in_a_file_of_constants_is_found_where_it_is_written():
    files = {
        "src/names.ts": "export const NAMES = { list: 'get_bot_agents', create: 'create_bot_agent' };",
        "src/base.ts": f"export const BASE = '{BASE}';",
        "src/api.ts": "import { NAMES } from './names';\nimport { BASE } from './base'; // LiveChat\n"
        "axios.post(`${BASE}/${NAMES.list}`);\naxios.post(`${BASE}/${NAMES.create}`, { status: 'offline' });",
    }
    assert tree(files) == {
        "src/names.ts": ["get_bot_agents", "create_bot_agent"],
        "src/base.ts": ["3.1"],
        "src/api.ts": ["status"],
    }


def test_a_parameter_is_no_constant_of_another_file():
    files = {
        "lc/names.go": 'package lc\nconst method = "get_bot_agents"',
        "lc/call.go": f'package lc\nfunc call(method string) {{ post("{BASE}/" + method) }}',
    }
    assert tree(files)["lc/call.go"] == ["3.1"]


CONSTANTS = {
    "an object of TypeScript": (
        "src/names.ts",
        "export const Hooks = { Closed: 'thread_closed' } as const;",
        "src/hook.ts",
        "import { Hooks } from './names';\nif (b.secret_key && b.action === Hooks.Closed) f();",
    ),
    "an enum of TypeScript": (
        "src/names.ts",
        "export enum Hooks { Closed = 'thread_closed' }",
        "src/hook.ts",
        "import { Hooks } from './names';\nf(b.secret_key); switch (b.action) { case Hooks.Closed: g(); }",
    ),
    "a constant of the same package in Go": (
        "hook/names.go",
        'package hook\nconst Closed = "thread_closed"',
        "hook/hook.go",
        'package hook\ntype H struct { Action string `json:"action"`; Key string `json:"secret_key"` }\n'
        "func f(h H) { switch h.Action { case Closed: g() } }",
    ),
    "a constant of Ruby": (
        "lib/names.rb",
        "CLOSED = 'thread_closed'.freeze",
        "lib/hook.rb",
        "require_relative 'names'\nhalt unless h['secret_key'] == K\ncase h['action']\nwhen CLOSED then f\nend",
    ),
    "a list that is looped over": (
        "src/names.js",
        "exports.HOOKS = ['thread_closed'];",
        "src/install.js",
        "const { HOOKS } = require('./names');\n"
        f"for (const action of HOOKS) axios.post('{BASE}/register_webhook', {{ url, action }});",
    ),
}


@pytest.mark.parametrize(
    "case", CONSTANTS.values(), ids=[f"{name} stands for a webhook elsewhere" for name in CONSTANTS]
)
def test_a_constant(case):
    assert tree({case[0]: case[1], case[2]: case[3]})[case[0]] == ["thread_closed"]


def test_a_constant_that_is_compared_with_something_else_elsewhere_is_left_alone():
    files = {
        "src/names.ts": "export const Topics = { Closed: 'thread_closed' };",
        "src/hook.ts": "import { Topics } from './names';\nif (b.secret_key && t.state === Topics.Closed) f();",
    }
    assert tree(files)["src/names.ts"] == []


ENDPOINTS = 'package lc\nconst list = "/configuration/action/get_bot_agents"'


def test_a_path_is_the_apis_where_the_host_of_the_api_is_in_another_file():
    client = 'package lc\nconst base = "https://api.livechatinc.com/v3.1"'
    assert tree({"lc/endpoints.go": ENDPOINTS, "lc/client.go": client}) == {
        "lc/endpoints.go": ["get_bot_agents"],
        "lc/client.go": ["3.1"],
    }
    assert tree({"lc/endpoints.go": ENDPOINTS, ".env": "LC=https://api.livechatinc.com/v3.1"})["lc/endpoints.go"]


def test_a_path_is_nobodys_where_no_file_says_whose_it_is():
    assert tree({"lc/endpoints.go": ENDPOINTS})["lc/endpoints.go"] == []


def test_a_base_is_left_alone_where_only_a_neighbouring_api_is_called_below_it():
    files = {
        "src/base.js": "exports.base = 'https://api.livechatinc.com/v3.1';",
        "src/chat.js": "const { base } = require('./base'); // LiveChat\nfetch(`${base}/agent/action/send_event`);",
    }
    assert tree(files) == {"src/base.js": [], "src/chat.js": []}


SERVICE = (
    "import { Configuration } from '@livechat/lc-sdk-js';\n"
    "export class Service { web = new Configuration.Web(id, token); }"
)
CONTROLLER = "import { Service } from './service';\nclass C { constructor(private s: Service) {} f() { return %s; } }"


def test_a_method_of_a_library_is_found_where_another_file_holds_its_client():
    files = {"service.ts": SERVICE, "controller.ts": CONTROLLER % "this.s.web.getBotAgents()"}
    assert tree(files)["controller.ts"] == ["getBotAgents"]


def test_a_method_of_a_library_is_found_in_another_file_of_the_package():
    files = {
        "a/a.go": 'package a\nimport "github.com/livechat/lc-sdk-go/configuration"\n'
        "type S struct { api *configuration.API }",
        "a/b.go": "package a\nfunc (s *S) f() { s.api.GetBotAgents(true) }",
    }
    assert tree(files)["a/b.go"] == ["GetBotAgents"]


def test_a_method_of_ones_own_that_is_called_like_that_of_the_library_is_left_alone():
    own = SERVICE.removesuffix("}") + "getBotAgents() { return cached; } }"
    files = {"service.ts": own, "controller.ts": CONTROLLER % "this.s.getBotAgents()"}
    assert tree(files)["controller.ts"] == []


def test_the_body_is_found_where_a_constant_with_the_path_is_used():
    files = {
        "lc/endpoints.go": 'package lc\nconst create = "/configuration/action/create_bot_agent"',
        "lc/client.go": 'package lc\nconst base = "https://api.livechatinc.com/v3.1"\n'
        'func f() { do(create, map[string]string{"status": "offline"}) }',
    }
    assert "status" in tree(files)["lc/client.go"]
