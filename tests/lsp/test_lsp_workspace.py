"""Evidence from the whole workspace: the disk, and over it what is open and not saved."""

from __future__ import annotations

import pytest

from calls import AFTER, BEFORE, BOTS, OTHER
from lsp_editor import CAPABILITIES, folder_of
from migrator.lsp.related_files import find_related
from planted import plant

METHOD = "method-get-bot-agents"
#: A client that sends what it is given to the API, and one that sends it elsewhere.
CLIENT = """import requests


class Client:
    def call(self, method, body):
        return requests.post(f"https://{HOST}/v3.1/configuration/action/{method}", json=body)
"""
OURS = 'HOST = "api.livechatinc.com"\n' + CLIENT
THEIRS = 'HOST = "api.example.com"\n' + CLIENT
CALLER = 'from client import Client\n\nClient().call("get_bot_agents", {})\n'


def codes(found):
    return sorted({each["code"] for each in found})


def test_evidence_is_followed_to_files_that_are_not_open(editor, tmp_path):
    plant(tmp_path, {"client.py": OURS, "bots.py": CALLER})
    uri = editor.open(tmp_path / "bots.py")
    assert codes(editor.diagnostics(uri)) == [METHOD]
    told = editor.hover(uri, "bot_agents")
    assert "client.py" in told
    assert str(tmp_path) not in told


def test_what_is_typed_in_one_document_counts_for_another_before_it_is_saved(editor, tmp_path):
    plant(tmp_path, {"client.py": THEIRS, "bots.py": CALLER})
    bots = editor.open(tmp_path / "bots.py")
    assert METHOD not in codes(editor.diagnostics(bots))
    client = editor.open(tmp_path / "client.py")
    editor.change(client, OURS)
    fresh = editor.published(lambda params: params["uri"] == bots and params["diagnostics"])
    assert codes(fresh["diagnostics"]) == [METHOD]
    assert fresh["version"] == 1
    editor.notify("textDocument/didClose", textDocument={"uri": client})
    gone = editor.published(lambda params: params["uri"] == bots)
    assert METHOD not in codes(gone["diagnostics"])


def test_a_document_that_is_closed_loses_its_diagnostics(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    assert editor.diagnostics(uri) != []
    editor.notify("textDocument/didClose", textDocument={"uri": uri})
    assert editor.published(lambda params: params["uri"] == uri)["diagnostics"] == []


@pytest.mark.parametrize("patterns", [".gitignore", "pyproject.toml"])
def test_a_file_that_the_audit_leaves_out_is_left_out(editor, tmp_path, patterns):
    text = "old/\n" if patterns == ".gitignore" else '[tool.migrator]\nexclude = ["old/"]\n'
    plant(tmp_path, {"old/bots.py": BEFORE, "new/bots.py": BEFORE, patterns: text, ".git/HEAD": ""})
    editor.notify(
        "workspace/didChangeWatchedFiles", changes=[{"uri": (tmp_path / "pyproject.toml").as_uri(), "type": 1}]
    )
    assert editor.diagnostics(editor.open(tmp_path / "old" / "bots.py")) == []
    assert editor.diagnostics(editor.open(tmp_path / "new" / "bots.py")) != []


def test_the_settings_of_a_folder_hold_in_it(editor, tmp_path):
    editor.notify("workspace/didChangeWorkspaceFolders", event={"added": [], "removed": [folder_of(tmp_path)]})
    plant(
        tmp_path, {"a/pyproject.toml": f'[tool.migrator]\nignore = ["{METHOD}"]\n', "a/x.py": BEFORE, "b/x.py": BEFORE}
    )
    folders = [folder_of(tmp_path / name) for name in "ab"]
    editor.notify("workspace/didChangeWorkspaceFolders", event={"added": folders, "removed": []})
    assert codes(editor.diagnostics(editor.open(tmp_path / "a" / "x.py"))) == ["version-3.2"]
    assert codes(editor.diagnostics(editor.open(tmp_path / "b" / "x.py"))) == [METHOD, "version-3.2"]
    editor.notify("workspace/didChangeWorkspaceFolders", event={"added": [], "removed": folders})


def test_settings_that_cannot_be_used_are_told_and_hold_once_they_are_mended(editor, tmp_path):
    settings = tmp_path / "pyproject.toml"
    changed = [{"uri": settings.as_uri(), "type": 2}]
    plant(tmp_path, {"pyproject.toml": "[tool.migrator]\nignroe = []\n", "x.py": BEFORE})
    editor.notify("workspace/didChangeWatchedFiles", changes=changed)
    told = editor.wait(lambda message: message.get("method") == "window/showMessage")["params"]
    assert told["type"] == 1
    assert "did you mean 'ignore'" in told["message"]
    uri = editor.open(tmp_path / "x.py")
    assert editor.diagnostics(uri) == []
    plant(tmp_path, {"pyproject.toml": '[tool.migrator]\nignore = ["version-3.2"]\n'})
    editor.notify("workspace/didChangeWatchedFiles", changes=changed)
    assert codes(editor.diagnostics(uri)) == [METHOD]


def test_a_file_that_appears_on_the_disk_counts_once_the_editor_says_so(editor, tmp_path):
    plant(tmp_path, {"bots.py": CALLER})
    uri = editor.open(tmp_path / "bots.py")
    assert METHOD not in codes(editor.diagnostics(uri))
    plant(tmp_path, {"client.py": OURS})
    editor.notify("workspace/didChangeWatchedFiles", changes=[{"uri": (tmp_path / "client.py").as_uri(), "type": 1}])
    assert codes(editor.diagnostics(uri)) == [METHOD]


def test_a_new_document_keeps_its_diagnostics_when_it_is_saved(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    assert editor.diagnostics(uri) != []
    plant(tmp_path, {"new.py": BEFORE})
    editor.notify("textDocument/didSave", textDocument={"uri": uri})
    editor.change(uri, BEFORE + BOTS)
    assert len(editor.diagnostics(uri)) == 4


def test_an_import_is_not_read_from_outside_of_the_workspace(editor, tmp_path):
    editor.notify("workspace/didChangeWorkspaceFolders", event={"added": [], "removed": [folder_of(tmp_path)]})
    plant(tmp_path, {"client.py": OURS, "inside/bots.py": CALLER})
    inside = folder_of(tmp_path / "inside")
    editor.notify("workspace/didChangeWorkspaceFolders", event={"added": [inside], "removed": []})
    assert METHOD not in codes(editor.diagnostics(editor.open(tmp_path / "inside" / "bots.py")))
    editor.notify("workspace/didChangeWorkspaceFolders", event={"added": [], "removed": [inside]})


def test_a_document_moves_to_the_folder_that_is_opened_around_it(editor, tmp_path):
    plant(tmp_path, {"client.py": OURS, "bots.py": CALLER})
    editor.notify("workspace/didChangeWorkspaceFolders", event={"added": [], "removed": [folder_of(tmp_path)]})
    uri = editor.open(tmp_path / "bots.py")
    assert METHOD not in codes(editor.diagnostics(uri))
    editor.notify("workspace/didChangeWorkspaceFolders", event={"added": [folder_of(tmp_path)], "removed": []})
    fresh = editor.published(lambda params: params["uri"] == uri and params["diagnostics"])
    assert codes(fresh["diagnostics"]) == [METHOD]


def test_an_editor_that_can_watch_files_is_asked_to(launch, tmp_path):
    editor = launch()
    can = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    editor.initialize(tmp_path, capabilities=can)
    asked = editor.wait(lambda message: message.get("method") == "client/registerCapability")
    [registration] = asked["params"]["registrations"]
    globs = [watcher["globPattern"] for watcher in registration["registerOptions"]["watchers"]]
    assert "**/*{.py,.pyi,.pyw,.ipynb}" in globs
    assert "**/pyproject.toml" in globs
    assert editor.end() == (0, b"")


def test_an_editor_that_asks_for_diagnostics_is_not_sent_any(launch, tmp_path):
    plant(tmp_path, {"client.py": THEIRS, "bots.py": CALLER})
    editor = launch()
    workspace = {**CAPABILITIES["workspace"], "diagnostics": {"refreshSupport": True}}
    editor.initialize(tmp_path, capabilities={"textDocument": {"diagnostic": {}}, "workspace": workspace})
    bots = {"uri": editor.open(tmp_path / "bots.py")}
    first = editor.request("textDocument/diagnostic", textDocument=bots)
    assert (first["kind"], METHOD in codes(first["items"])) == ("full", False)
    again = editor.request("textDocument/diagnostic", textDocument=bots, previousResultId=first["resultId"])
    assert (again["kind"], again["resultId"]) == ("unchanged", first["resultId"])
    editor.change(editor.open(tmp_path / "client.py"), OURS)
    editor.wait(lambda message: message.get("method") == "workspace/diagnostic/refresh")
    fresh = editor.request("textDocument/diagnostic", textDocument=bots, previousResultId=first["resultId"])
    assert (fresh["kind"], codes(fresh["items"])) == ("full", [METHOD])
    assert editor.end() == (0, b"")
    assert [m for m in editor.inbox if m.get("method") == "textDocument/publishDiagnostics"] == []


def of_many(editor, tmp_path):
    """Open a client and what calls it among so many files that not all are looked at at once; their URIs."""
    plant(tmp_path, {f"many/m{number}.py": f"import many.m{number + 1}, client\n{AFTER}" for number in range(60)})
    plant(tmp_path, {"client.py": THEIRS, "bots.py": CALLER, "far.py": "import many.m1\n" + BEFORE})
    bots, client, far = (editor.open(tmp_path / name) for name in ("bots.py", "client.py", "far.py"))
    assert METHOD not in codes(editor.diagnostics(bots))
    assert METHOD in codes(editor.diagnostics(far))
    return bots, client


def test_of_many_files_that_which_changes_is_looked_at_first_and_all_once_it_is_saved(editor, tmp_path):
    bots, client = of_many(editor, tmp_path)
    version = editor.change(client, OURS)
    assert editor.published(lambda params: (params["uri"], params.get("version")) == (client, version))
    editor.notify("textDocument/didSave", textDocument={"uri": client})
    fresh = editor.published(lambda params: params["uri"] == bots and params["diagnostics"])
    assert codes(fresh["diagnostics"]) == [METHOD]


def test_of_many_files_those_that_matter_to_what_is_open_are_looked_at_at_once(editor, tmp_path):
    plant(tmp_path, {f"many/m{number}.py": BEFORE for number in range(60)})
    plant(tmp_path, {"client.py": THEIRS, "bots.py": CALLER})
    bots, client = (editor.open(tmp_path / name) for name in ("bots.py", "client.py"))
    assert METHOD not in codes(editor.diagnostics(bots))
    editor.change(client, OURS)
    fresh = editor.published(lambda params: params["uri"] == bots and params["diagnostics"])
    assert codes(fresh["diagnostics"]) == [METHOD]


def test_a_module_without_a_name_of_the_api_counts_as_it_is_on_the_disk(editor, tmp_path):
    client = OURS.replace('HOST = "api.livechatinc.com"', "from hosts import HOST")
    plant(tmp_path, {"client.py": client, "hosts.py": 'HOST = "api.example.com"\n', "bots.py": CALLER})
    uri = editor.open(tmp_path / "bots.py")
    assert METHOD not in codes(editor.diagnostics(uri))
    plant(tmp_path, {"hosts.py": 'HOST = "api.live" + "chatinc.com"\n'})
    editor.notify("workspace/didChangeWatchedFiles", changes=[{"uri": (tmp_path / "hosts.py").as_uri(), "type": 2}])
    assert codes(editor.published(lambda params: params["uri"] == uri)["diagnostics"]) == [METHOD]


def test_of_many_files_all_are_looked_at_before_all_edits_of_one_are_made(editor, tmp_path):
    bots, client = of_many(editor, tmp_path)
    editor.change(client, OURS)
    [action] = editor.actions(bots, "", ["source.fixAll"]).values()
    assert editor.applied(action) == CALLER.replace("get_bot_agents", "list_bots")


def test_near_a_file_is_what_it_imports_and_what_imports_it():
    files = {
        "app.py": b"from pkg import bots, other\n",
        "pkg/__init__.py": b"",
        "pkg/bots.py": b"from .client import (\n    Client,\n)\n",
        "pkg/client.py": b"import pkg.hosts\n",
        "pkg/hosts.py": b"",
        "pkg/other.py": b"",
        "far.py": b"import json\n",
    }
    assert set(find_related(files, ["pkg/bots.py"])) == {
        "app.py", "pkg/__init__.py", "pkg/bots.py", "pkg/client.py", "pkg/hosts.py"
    }  # fmt: skip
    assert list(find_related(files, ["far.py", "no.py"])) == ["far.py"]
    assert OTHER.encode() not in files.values()
