"""How the page looks and sounds: light and dark, wide and narrow, on paper, to a screen reader, without a script."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paged import UNREAD, finding, repeated_run, run_of, sample_run

BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def lightness(color: str) -> int:
    """The sum of the three parts of ``rgb(1, 2, 3)``."""
    return sum(int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(","))


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1920)])
def test_the_page_has_no_fault_that_an_accessibility_checker_finds(opened, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    shown = opened(sample_run(), color_scheme=scheme, viewport={"width": width, "height": 900})
    shown.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(shown.page, options={"resultTypes": ["violations"]}).response
    assert "color-contrast" in {each["id"] for each in found["passes"]}
    assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found["violations"]] == []


@pytest.mark.parametrize("width", [360, 768, 1920])
def test_nothing_is_wider_than_the_window(opened, width):
    shown = opened(sample_run(), viewport={"width": width, "height": 900})
    shown.page.locator("#filters").evaluate("each => { each.open = true; }")
    assert shown.page.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_follows_the_system_until_a_theme_is_chosen_which_is_remembered(opened):
    shown = opened(sample_run(), color_scheme="dark")
    assert lightness(shown.page.evaluate(BACKGROUND)) < 200
    theme = shown.page.get_by_role("button", name="Theme")
    theme.click()
    assert theme.inner_text() == "Theme: light"
    assert lightness(shown.page.evaluate(BACKGROUND)) > 600
    # A busy Chromium may load a page again before it has written what was stored.
    for _ in range(10):
        shown.page.reload()
        if theme.inner_text() != "Theme: auto":
            break
    assert theme.inner_text() == "Theme: light"
    assert lightness(shown.page.evaluate(BACKGROUND)) > 600
    theme.click()
    theme.click()
    assert theme.inner_text() == "Theme: auto"
    assert lightness(shown.page.evaluate(BACKGROUND)) < 200
    shown.assert_silent()


def test_a_browser_that_denies_storage_shows_the_page_all_the_same(opened):
    shown = opened(sample_run(), color_scheme="light")
    shown.page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    shown.page.reload()
    theme = shown.page.get_by_role("button", name="Theme")
    theme.click()
    assert theme.inner_text() == "Theme: light"
    assert len(shown.titles()) > len(sample_run().findings)
    shown.assert_silent()


def test_without_a_script_the_page_tells_totals_and_lists_places(opened):
    shown = opened(sample_run(), java_script_enabled=False)
    run = sample_run()
    totals = shown.page.locator(".total strong").all_inner_texts()
    assert totals[0] == str(len(run.findings)) != "0"
    text = shown.page.locator("main").inner_text()
    assert all(f"{each.path}:{each.line}:{each.column}" in text for each in run.findings)
    assert "Filters and charts" not in text
    assert shown.page.locator("#more").is_hidden()


def test_without_a_script_a_long_list_ends_and_says_so(opened):
    shown = opened(repeated_run(40), java_script_enabled=False)
    total = len(repeated_run(40).findings)
    assert shown.page.locator("noscript tr").count() < 700
    assert f"The first 500 of {total:,}" in shown.page.locator("main").inner_text()


def test_what_could_not_be_read_is_counted_on_top_and_listed_below(opened):
    shown = opened(sample_run())
    assert "1 file could not be read" in shown.page.locator(".verdict").inner_text()
    shown.page.get_by_role("link", name="See which").click()
    assert shown.page.evaluate("[document.activeElement.id, location.hash]") == ["unread", ""]
    row = shown.page.locator("#unread tbody tr")
    assert row.inner_text().split("\t") == [UNREAD.path, str(UNREAD.line), UNREAD.message]


def test_the_ledger_stands_below_when_it_was_asked_for(opened):
    shown = opened(sample_run())
    last = shown.page.locator("#ledger tr").last.inner_text().split("\t")
    assert last[0] == "in all"
    assert last[-1] == f"{sample_run().ledger.total:,}"


def test_what_an_edit_makes_of_a_line_stands_beside_it(opened):
    shown = opened(sample_run(), "#rule=method-get-bot-agent-details", color_scheme="light")
    place = shown.page.locator("article").first
    now, proposed = (figure.locator(".text").all_text_contents() for figure in place.locator("figure").all())
    changed = [(old, new) for old, new in zip(now, proposed, strict=True) if old != new]
    assert changed == [('DETAILS = "get_bot_agent_details"\n', 'DETAILS = "get_bot"\n')]
    assert place.locator("mark").all_text_contents() == ["get_bot_agent_details"]
    assert place.locator("pre ins").all_text_contents() == ["get_bot"]
    boxes = [figure.bounding_box() for figure in place.locator("figure").all()]
    assert boxes[0]["y"] < boxes[1]["y"], "one above the other where there is little room"
    shown.page.set_viewport_size({"width": 1600, "height": 900})
    boxes = [figure.bounding_box() for figure in place.locator("figure").all()]
    assert boxes[0]["y"] == boxes[1]["y"]


def test_paper_holds_every_place_and_no_control(opened):
    shown = opened(repeated_run(4), color_scheme="light")
    assert len(shown.titles()) < len(repeated_run(4).findings)
    shown.page.emulate_media(media="print")
    shown.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert len(shown.titles()) == len(repeated_run(4).findings)
    assert shown.page.locator("#filters").is_hidden()
    assert shown.page.get_by_role("button", name="Theme").is_hidden()


def test_nothing_moves_for_those_who_do_not_want_it(opened):
    shown = opened(sample_run(), reduced_motion="reduce")
    moving = "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).transitionDuration !== '0s').length"
    assert shown.page.evaluate(moving) == 0
    assert opened(sample_run(), reduced_motion="no-preference").page.evaluate(moving) > 0


def test_a_line_stands_beside_what_becomes_of_it_however_both_are_wrapped(opened):
    shown = opened(sample_run(), "#rule=create-bot-status", viewport={"width": 1400, "height": 900})
    tops = [
        [line.bounding_box()["y"] for line in figure.locator("code > span").all()]
        for figure in shown.page.locator("article figure").all()
    ]
    assert len(tops) == 2
    assert tops[0] == tops[1]


def test_what_a_baseline_or_a_comment_keeps_out_of_the_list_is_counted(opened):
    found = finding("a.py", 1, 1, "thread_closed")
    run = run_of("a.py", b"thread_closed\n")
    run = replace(run, known=(found,), results=(replace(run.results[0], suppressed=(found, found)),))
    said = opened(run).page.locator(".verdict").inner_text()
    assert "; 1 finding of the baseline not listed; 2 findings suppressed by comments." in said


def test_where_nothing_is_listed_there_is_nothing_to_filter(opened):
    assert opened(run_of("a.py", b"")).page.locator("#filters").is_hidden()


def test_a_number_that_is_nought_does_not_call_for_attention(opened):
    shown = opened(run_of("a.py", b""))
    titles = shown.page.locator(".total.is-none .title").all_inner_texts()
    assert titles == ["Findings", "Safe", "Unsafe", "Manual", "Unread"]
    border = "(kind) => getComputedStyle(document.querySelector(`.total.is-${kind}`)).borderTopColor"
    assert shown.page.evaluate(border, "manual") == shown.page.evaluate(border, "all")
    assert opened(sample_run()).page.locator(".total.is-manual.is-none, .state.is-manual.is-none").count() == 0
