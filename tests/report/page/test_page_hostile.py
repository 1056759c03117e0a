"""Names and code that somebody chose to break the page: they are text, and only text."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from migrator.files.failure import FileFailure
from migrator.findings.finding import Applicability, Edit, FileResult
from migrator.report.page.html_page import page_text
from migrator.report.run_result import NameOccurrence, RunResult
from paged import finding, options, run_of

BREAKS = (
    "</script><script>window.ran=1</script>",
    "<!--<script>window.ran=1</script>-->",
    "</style><style>body{display:none}</style>",
    "</noscript></textarea></title><img src=x onerror=window.ran=1>",
    '"><svg onload=window.ran=1>',
    "'-window.ran=1-'`${window.ran=1}`",
    "{{script}}{{data}}\\u003cscript>",
    "]]>&lt;&#60;&amp;%3Cscript%3E",
    "javascript:window.ran=1//",
    '<base href="http://127.0.0.1/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1/">',
    "\u202egnp.txt\u2066\u2028\u2029\u200b\ufeff",
    "\x00\x1b[31mred\x1b[0m\x07\x9b2J",
    "\udce9\ud800",
    "__proto__",
    "constructor",
)
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def hostile_run() -> RunResult:
    """Every break in every text that the page shows: paths, code, names, messages, evidence, advice, edits, errors."""
    results = []
    for break_ in BREAKS:
        line = f"x = 'thread_closed' # {break_}\r\n".encode(
            "utf-8", "surrogateescape" if "\ud800" not in break_ else "replace"
        )
        raw = line * 3
        at = len(line) + 5
        edits = (Edit(at, at + 13, f"{break_}\n".encode("utf-8", "replace")),)
        said = {
            "message": f"`{break_}` {break_}",
            "evidence": (break_, f"`{break_}`"),
            "advice": break_,
            "edits": edits,
        }
        kind = Applicability.SAFE
        path = f"{break_}/{break_}.py"
        found = finding(path, 2, 6, "thread_closed", rule=break_, new=break_, applicability=kind, **said)
        results.append(FileResult(path, raw, raw, (found,)))
    return RunResult(
        options().chains,
        len(results),
        tuple(results),
        failures=tuple(FileFailure(break_, break_, 1) for break_ in BREAKS),
        outside=BREAKS,
        names=tuple(NameOccurrence(break_, 1, 1, break_, break_) for break_ in BREAKS),
    )


def plain_of(text: str) -> str:
    """A text in the page's own notation for what cannot be seen."""
    return "".join(
        f"⟨0x{ord(c) - 0xDC00:02X}⟩" if "\udc80" <= c <= "\udcff" else f"⟨U+{ord(c):04X}⟩" if HIDDEN.match(c) else c
        for c in text
    )


def test_a_page_of_hostile_texts_is_ascii_without_a_tag_of_theirs():
    text = "".join(page_text(hostile_run()))
    assert text.isascii()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", text)
    assert len(re.findall("<script", text)) == len(re.findall("</script>", text)) == 3
    assert not re.search(r"<(img|svg|base|iframe|object|link rel=.stylesheet)[ >]", text)
    assert len(re.findall("<meta http-equiv", text)) == 1


def test_hostile_names_and_code_run_nothing_load_nothing_and_are_all_shown(opened):
    shown = opened(hostile_run())
    assert shown.page.evaluate("window.ran === undefined")
    assert shown.page.locator("h3 .path").all_text_contents()[: len(BREAKS)] == [
        plain_of(f"{break_}/{break_}.py") for break_ in BREAKS
    ]
    for element in ("main img", "main base", "main iframe", "main script", "main svg[onload]", "main style"):
        assert shown.page.locator(element).count() == 0
    seen = shown.page.evaluate("document.body.textContent.replace(/<script[^]*$/, '')")
    assert "red" in seen
    body = shown.page.locator("main").evaluate("element => element.textContent")
    assert not HIDDEN.search(body.replace("\n", ""))
    for control in ("U+202E", "U+2028", "U+0000", "U+001B", "0xE9", "U+D800"):
        assert shown.page.locator(".hidden-sign", has_text=control).count() > 0
    shown.assert_silent()


def test_hostile_names_can_be_filtered_and_stay_text_in_the_address(opened):
    shown = opened(hostile_run())
    for index in range(3):
        shown.page.locator("#folders button").nth(index).click()
        assert shown.page.locator("article").count() > 0
        address = shown.page.evaluate("location.hash")
        shown.page.get_by_role("button", name="Clear filters").click()
        shown.page.evaluate("hash => { location.hash = hash; }", address)
        shown.page.wait_for_function("!document.getElementById('clear').hidden")
        shown.page.get_by_role("button", name="Clear filters").click()
    shown.page.get_by_label("Search").fill("<img src=x onerror=")
    assert shown.page.evaluate("window.ran === undefined")
    shown.assert_silent()


def test_an_address_that_somebody_sends_runs_nothing(opened):
    intruder = "%3Cimg%20src=x%20onerror=window.ran=1%3E"
    shown = opened(hostile_run(), f"#q={intruder}&folder=javascript:window.ran=1&rule=%&state=__proto__")
    assert shown.page.evaluate("window.ran === undefined")
    assert shown.count() == "none"
    shown.assert_silent()


@contextmanager
def listening():
    """A server on this machine, and the paths that it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_):
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


#: What the policy of the page must speak up for, each for one way in.
REFUSED = {"script-src", "script-src-elem", "script-src-attr", "img-src", "style-src-elem", "style-src-attr"} | {
    "connect-src",
    "frame-src",
    "form-action",
}
INTRUDE = """async ([host, expected]) => {
  const refused = new Set();
  document.addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
  const add = (name, set) => document.body.append(Object.assign(document.createElement(name), set));
  add("script", { textContent: "window.ran = 'inline'" });
  add("script", { src: host + "/script.js" });
  add("img", { src: host + "/image.png" });
  add("link", { rel: "stylesheet", href: host + "/style.css" });
  add("style", { textContent: "body { --ran: 1 }" });
  add("iframe", { src: host + "/frame" });
  const button = document.createElement("button");
  button.setAttribute("onclick", "window.ran = 'attribute'");
  button.setAttribute("style", "color: red");
  document.body.append(button);
  button.click();
  await fetch(host + "/fetch").catch(() => 0);
  navigator.sendBeacon(host + "/beacon", "x");
  try { new WebSocket(host.replace("http", "ws") + "/socket"); } catch (_) { }
  try { new Worker(host + "/worker.js"); } catch (_) { }
  const form = Object.assign(document.createElement("form"), { action: host + "/form", method: "post" });
  document.body.append(form);
  form.submit();
  setTimeout("window.ran = 'text'", 0);
  await new Promise((done) => {
    const look = () => (expected.every((each) => refused.has(each)) ? done() : setTimeout(look, 20));
    look();
    setTimeout(done, 9000);
  });
  return [...refused].sort();
}"""


def test_the_policy_of_the_page_refuses_what_would_have_got_in(opened):
    with listening() as (host, asked):
        shown = opened(hostile_run())
        refused = shown.page.evaluate(INTRUDE, [host, sorted(REFUSED)])
        assert shown.page.evaluate("window.ran === undefined")
        assert asked == []
    assert set(refused) >= REFUSED


def test_the_policy_allows_no_host_no_inline_code_and_no_eval():
    text = "".join(page_text(run_of("a.py", b"")))
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert text.index(policy) < min(text.index("<script"), text.index("<style"))


def test_an_endless_line_is_cut_around_the_name(opened):
    line = b"a" * 300_000 + b"thread_closed" + b"b" * 300_000
    found = finding("min.js", 1, 300_001, "thread_closed")
    run = run_of("min.js", line, *[replace(found, column=found.column, evidence=(str(n),)) for n in range(50)])
    text = "".join(page_text(run))
    assert len(text) < 200_000
    shown = opened(run)
    assert shown.page.locator("mark").all_text_contents() == ["thread_closed"] * 40
    code = shown.page.locator("pre .text").first.text_content()
    assert code == f"…{'a' * 80}thread_closed{'b' * 147}…\n"
