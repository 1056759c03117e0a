import io
import json

import receive


def test_archive(tmp_path, capsys):
    app = receive.application(tmp_path / "a.jsonl", "s")
    body = json.dumps({"action": "incoming_chat_thread", "secret_key": "s", "payload": {"chat": {"id": "C1"}}}).encode()
    app({"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": len(body)}, lambda *a: None)
    assert capsys.readouterr().out == "new chat C1\n"
    assert "secret_key" not in (tmp_path / "a.jsonl").read_text()
