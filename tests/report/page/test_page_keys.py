"""The page by keyboard alone, and with as many findings as a large company has."""

from __future__ import annotations

from paged import repeated_run, sample_run

PRESSED = """[...document.querySelectorAll('button, input, summary, a[href]')]
  .filter((each) => each.checkVisibility({ checkVisibilityCSS: true }) && !each.closest('dialog'))"""
PLACE = "(each) => [...document.querySelectorAll('*')].indexOf(each)"
OUTLINE = "document.activeElement === document.body ? '' : getComputedStyle(document.activeElement).outlineStyle"
FOCUSED = "document.activeElement.dataset.index"


def test_j_and_k_and_the_arrows_go_from_place_to_place(opened):
    shown = opened(sample_run())
    went = []
    for key in ("j", "j", "ArrowDown", "k", "ArrowUp", "k"):
        shown.page.keyboard.press(key)
        went.append(shown.page.evaluate(FOCUSED))
    assert went == ["0", "1", "2", "1", "0", "0"]
    shown.assert_silent()


def test_j_goes_on_where_the_list_has_not_been_drawn_yet(opened):
    shown = opened(repeated_run(8))
    assert len(shown.titles()) == 40
    for _ in range(45):
        shown.page.keyboard.press("j")
    assert shown.page.evaluate(FOCUSED) == "44"
    assert shown.page.locator("article:focus").is_visible()


def test_slash_searches_and_escape_empties_and_leaves_the_search(opened):
    shown = opened(sample_run())
    shown.page.keyboard.press("/")
    shown.page.keyboard.type("jkx?t")
    search = shown.page.get_by_label("Search")
    assert search.input_value() == "jkx?t"
    shown.page.keyboard.press("Escape")
    assert search.input_value() == ""
    assert len(shown.titles()) > 1
    shown.page.keyboard.press("Escape")
    assert shown.page.evaluate("document.activeElement.id || document.activeElement.tagName") == "BODY"


def test_enter_leads_from_the_search_to_the_first_place_that_was_found(opened):
    shown = opened(sample_run())
    shown.page.keyboard.press("/")
    shown.page.keyboard.type("incoming_chat_thread")
    found = shown.titles()
    shown.page.keyboard.press("Enter")
    assert shown.page.evaluate(FOCUSED) == "0"
    assert shown.titles() == found != []
    shown.page.keyboard.press("j")
    assert shown.page.evaluate(FOCUSED) == "1"


def test_a_question_mark_opens_the_help_and_escape_closes_it(opened):
    shown = opened(sample_run())
    shown.page.keyboard.press("?")
    assert shown.page.get_by_role("dialog", name="Keys").is_visible()
    shown.page.keyboard.press("j")
    assert shown.page.evaluate(FOCUSED) is None
    shown.page.keyboard.press("Escape")
    assert shown.page.get_by_role("dialog", name="Keys").is_hidden()


def test_the_keys_can_be_switched_off(opened):
    shown = opened(sample_run())
    shown.page.get_by_role("button", name="Keys").click()
    shown.page.get_by_label("Use these keys").uncheck()
    shown.page.get_by_role("button", name="Close").click()
    shown.page.keyboard.press("j")
    assert shown.page.evaluate(FOCUSED) is None
    shown.page.reload()
    shown.page.wait_for_function("!document.getElementById('use-keys').checked")
    shown.page.keyboard.press("/")
    assert shown.page.evaluate("document.activeElement.id") != "query"


def test_the_first_tab_leads_past_everything_to_the_places(opened):
    shown = opened(sample_run(), "#state=safe")
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    assert shown.page.get_by_role("link", name="Skip to the findings").bounding_box()["y"] >= 0
    shown.page.keyboard.press("Enter")
    assert shown.page.evaluate("[document.activeElement.id, location.hash]") == ["places", "#state=safe"]


def test_everything_that_can_be_pressed_is_reached_by_tab_and_seen(opened):
    shown = opened(sample_run(), "#state=stale")
    pressed = set(shown.page.evaluate(f"{PRESSED}.map({PLACE})"))
    reached = set()
    for _ in range(len(pressed) + 8):
        shown.page.keyboard.press("Tab")
        place, outline = shown.page.evaluate(f"[({PLACE})(document.activeElement), {OUTLINE}]")
        reached.add(place)
        assert outline != "none"
    assert len(pressed) > 12
    assert pressed <= reached


def test_e_opens_the_evidence_of_the_place(opened):
    shown = opened(sample_run())
    shown.page.keyboard.press("j")
    place = shown.page.locator("article:focus")
    assert place.locator("li").first.is_hidden()
    shown.page.keyboard.press("e")
    steps = place.locator("li").all_text_contents()
    assert steps == [step.replace("`", "") for step in sample_run().findings[0].evidence]


def test_five_thousand_findings_are_counted_filtered_and_scrolled(opened):
    run = repeated_run(180)
    total = len(run.findings)
    assert total >= 5_000
    shown = opened(run)
    assert shown.count().startswith(f"{total:,} in ")
    assert len(shown.titles()) == 40, "what nobody has scrolled to is not drawn"
    shown.page.get_by_label("Search").fill("app159/")
    assert len(shown.titles()) == len(sample_run().findings)
    shown.page.get_by_label("Search").fill("")
    shown.page.get_by_role("button", name="Show more").scroll_into_view_if_needed()
    shown.page.locator("article").nth(40).wait_for()
    shown.box("Manual").check()
    manual = sum(finding.applicability == "manual" for finding in run.findings)
    assert shown.count().startswith(f"{manual:,} of {total:,} in ")
    shown.assert_silent()
