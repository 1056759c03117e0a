"""An editor for the tests: a client that speaks with the real server over its stdin and stdout."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Queue
from typing import Any

CHECKOUT = Path(__file__).parents[1]
#: Long enough for a busy machine; nobody waits for it but a test that fails.
PATIENCE = 30
CAPABILITIES = {
    "textDocument": {
        "publishDiagnostics": {"tagSupport": {"valueSet": [1, 2]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
    "workspace": {"workspaceEdit": {"documentChanges": True}, "workspaceFolders": True},
}


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the server in a folder."""
    paths = os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return subprocess.Popen(
        [sys.executable, "-m", "migrator", "lsp", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


class Editor:
    """What an editor sends, and what it waits for."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.inbox: list[dict[str, Any]] = []
        self.garbage = b""
        self._ids = itertools.count(1)
        self._arrived: Queue[dict[str, Any] | None] = Queue()
        self._stderr: list[bytes] = []
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._read, self._drain)]
        for thread in self._threads:
            thread.start()

    # The wire

    def write(self, body: bytes) -> None:
        """Send the body of a message."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def _send(self, **message: Any) -> None:
        self.write(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while header := out.readline():
            if not header.startswith(b"Content-Length: "):
                self.garbage += header
                break
            while out.readline().strip():
                pass
            self._arrived.put(json.loads(out.read(int(header.split()[1]))))
        self.garbage += out.read()
        self._arrived.put(None)

    def _drain(self) -> None:
        assert self.process.stderr is not None
        self._stderr += iter(lambda: self.process.stderr.read(1 << 16), b"")  # type: ignore[union-attr]

    def wait(self, wanted: Any) -> dict[str, Any]:
        """The first message that fits, from among those that came already or the next ones."""
        for index, message in enumerate(self.inbox):
            if wanted(message):
                return self.inbox.pop(index)
        while True:
            message = self._arrived.get(timeout=PATIENCE)
            assert message is not None, f"the server has ended: {self._stderr}"
            if wanted(message):
                return message
            self.inbox.append(message)

    # Messages

    def notify(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._send(method=method, params=params)

    def ask(self, method: str, params: Any = None) -> int:
        """Send a request; its number."""
        number = next(self._ids)
        self._send(id=number, method=method, params=params)
        return number

    def answer_to(self, number: int) -> dict[str, Any]:
        """The whole answer to a request."""
        return self.wait(lambda message: message.get("id") == number and "method" not in message)

    def request(self, method: str, **params: Any) -> Any:
        """Send a request; its result."""
        answer = self.answer_to(self.ask(method, params or None))
        assert "error" not in answer, answer
        return answer["result"]

    # A session

    def initialize(self, *folders: Path, capabilities: dict[str, Any] | None = None) -> dict[str, Any]:
        """Begin; what the server can do."""
        found = self.request(
            "initialize",
            processId=os.getpid(),
            rootUri=None,
            capabilities=CAPABILITIES if capabilities is None else capabilities,
            workspaceFolders=[folder_of(folder) for folder in folders],
        )
        self.notify("initialized")
        return found["capabilities"]

    def open(self, file: Path | str, text: str | None = None, version: int = 1) -> str:
        """Open a document, with the text on the disk or another one; its URI."""
        uri = file if isinstance(file, str) else file.as_uri()
        self.texts[uri] = file.read_bytes().decode() if text is None and isinstance(file, Path) else text or ""
        self.versions[uri] = version
        item = {"uri": uri, "languageId": "python", "version": version, "text": self.texts[uri]}
        self.notify("textDocument/didOpen", textDocument=item)
        return uri

    def change(self, uri: str, text: str) -> int:
        """Replace the text of a document; its new version."""
        self.texts[uri] = text
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])
        return self.versions[uri]

    def diagnostics(self, uri: str, version: int | None = None) -> list[dict[str, Any]]:
        """The diagnostics that are published for a version of a document, the present one if none is given."""
        wanted = self.versions[uri] if version is None else version
        return self.published(lambda params: params["uri"] == uri and params.get("version") == wanted)["diagnostics"]

    def published(self, fits: Any) -> dict[str, Any]:
        """The first published diagnostics that fit."""
        return self.wait(
            lambda message: message.get("method") == "textDocument/publishDiagnostics" and fits(message["params"])
        )["params"]

    def hover(self, uri: str, needle: str) -> str | None:
        """What is told about the first place of a text in a document."""
        found = self.request("textDocument/hover", textDocument={"uri": uri}, position=self.position(uri, needle))
        return found and found["contents"]["value"]

    def actions(self, uri: str, needle: str, only: list[str] | None = None) -> dict[str, dict[str, Any]]:
        """The code actions at the first place of a text in a document, by title."""
        at = self.position(uri, needle)
        asked = {"diagnostics": []} if only is None else {"diagnostics": [], "only": only}
        where = {"start": at, "end": at}
        found = self.request("textDocument/codeAction", textDocument={"uri": uri}, range=where, context=asked)
        return {action["title"]: action for action in found}

    def position(self, uri: str, needle: str) -> dict[str, int]:
        """The position of the first place of a text, in UTF-16."""
        before = self.texts[uri][: self.texts[uri].index(needle)]
        lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}

    def text_at(self, uri: str, where: dict[str, Any]) -> str:
        """What stands in a range of a document."""
        return self.texts[uri][self._offset(uri, where["start"]) : self._offset(uri, where["end"])]

    def applied(self, action: dict[str, Any]) -> str:
        """The text of the one document that a code action edits, once it has."""
        [change] = action["edit"]["documentChanges"]
        uri = change["textDocument"]["uri"]
        assert change["textDocument"]["version"] == self.versions[uri]
        text = self.texts[uri]
        spans = [
            (self._offset(uri, e["range"]["start"]), self._offset(uri, e["range"]["end"]), e["newText"])
            for e in change["edits"]
        ]
        for start_, end, new in reversed(spans):
            text = text[:start_] + new + text[end:]
        return text

    def _offset(self, uri: str, position: dict[str, int]) -> int:
        """An offset in characters, counted independently of the server."""
        text, offset = self.texts[uri], 0
        for _ in range(position["line"]):
            while text[offset] not in "\r\n":
                offset += 1
            offset += 2 if text[offset : offset + 2] == "\r\n" else 1
        units = 0
        while units < position["character"]:
            assert text[offset] not in "\r\n", "a position behind the end of its line"
            units += 1 + (ord(text[offset]) > 0xFFFF)
            offset += 1
        return offset

    def end(self, *, politely: bool = True) -> tuple[int, bytes]:
        """Leave; the exit code and what the server wrote on stderr. Nothing but the protocol may be on stdout."""
        assert self.process.stdin is not None
        if politely:
            self.request("shutdown")
            self.notify("exit")
        self.process.stdin.close()
        code = self.process.wait(timeout=PATIENCE)
        for thread in self._threads:
            thread.join(timeout=PATIENCE)
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()
        assert self.garbage == b""
        return code, b"".join(self._stderr)


def folder_of(folder: Path) -> dict[str, str]:
    """A folder of the workspace as the protocol writes it."""
    return {"uri": folder.as_uri(), "name": folder.name}
