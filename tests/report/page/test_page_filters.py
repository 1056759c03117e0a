"""The filters of the page, as somebody uses them."""

from __future__ import annotations

import re

from paged import repeated_run, run_over, sample_run


def test_every_place_is_listed_by_file_and_counted(opened):
    shown = opened(sample_run())
    run = sample_run()
    listed = len(run.findings) + 3
    assert len(shown.titles()) == listed
    assert shown.count().startswith(f"{listed} in ")
    paths = shown.page.locator("h3 .path").all_text_contents()
    assert len(paths) == len(set(paths)) == len(shown.page.locator("section.file").all())
    shown.assert_silent()


def test_a_state_is_a_filter_and_stands_in_the_address(opened):
    shown = opened(sample_run())
    shown.box("Manual").check()
    manual = sum(finding.applicability == "manual" for finding in sample_run().findings)
    assert len(shown.titles()) == manual
    assert shown.page.evaluate("location.hash") == "#state=manual"
    shown.box("Note").check()
    assert len(shown.titles()) == manual + 1
    shown.assert_silent()


def test_notes_names_and_what_is_stale_each_have_a_filter(opened):
    shown = opened(sample_run())
    for label, state in (("Note", "note"), ("Name only", "name-only"), ("Stale", "stale")):
        shown.box(f"{label}").check()
        assert shown.page.locator(f"article.is-{state}").count() == len(shown.titles()) == 1
        shown.page.get_by_role("button", name="Clear filters").click()


def test_a_bar_of_the_chart_of_rules_filters_by_its_rule(opened):
    shown = opened(sample_run())
    shown.box("webhook-thread-closed").check()
    found = sum(finding.rule == "webhook-thread-closed" for finding in sample_run().findings)
    rules = shown.page.locator("article .rule").all_text_contents()
    assert set(rules) == {"webhook-thread-closed"}
    assert len(rules) == found + 1, "the row of a baseline is about the rule too"


def test_what_was_removed_has_a_chart_of_its_own(opened):
    shown = opened(sample_run())
    group = shown.page.get_by_role("group", name="Removed or changed behaviour")
    assert group.get_by_text("webhook-agent-status-changed").is_visible()
    assert group.get_by_text("webhook-thread-closed").count() == 0
    group.get_by_role("button", name="Only these").click()
    assert 0 < len(shown.titles()) < len(sample_run().findings)


def test_a_folder_of_the_chart_leads_into_it_and_back(opened):
    shown = opened(repeated_run(16))
    folders = shown.page.get_by_role("group", name="Folders")
    folders.get_by_role("button", name=re.compile("^a")).click()
    assert shown.page.evaluate("location.hash") == "#folder=services/a"
    paths = shown.page.locator("h3 .path").all_text_contents()
    assert paths
    assert all(path.startswith("services/a/") for path in paths)
    folders.get_by_role("button", name=re.compile("^app8")).click()
    inside = shown.count()
    folders.get_by_role("button", name="services/").click()
    assert inside != shown.count()
    assert shown.page.evaluate("location.hash") == ""


def test_words_are_searched_in_paths_names_messages_and_code(opened):
    shown = opened(sample_run())
    shown.page.get_by_label("Search").fill("bots.py DETAILS =")
    assert len(shown.titles()) == 1
    shown.page.get_by_label("Search").fill("no such words")
    assert shown.titles() == []
    assert shown.count() == "none"
    assert shown.page.get_by_text("No finding matches these filters.").is_visible()
    shown.page.get_by_role("button", name="Clear filters").click()
    assert len(shown.titles()) > 1


def test_an_address_opens_the_page_as_it_was_left(opened):
    shown = opened(sample_run(), "#q=bots&state=safe&rule=webhook-incoming-chat-thread,no-such-rule")
    assert shown.page.get_by_label("Search").input_value() == "bots"
    assert shown.box("Safe").is_checked()
    assert set(shown.page.locator("article .rule").all_text_contents()) == {"webhook-incoming-chat-thread"}
    shown.page.evaluate("location.hash = '#state=stale'")
    shown.page.locator("article.is-safe").first.wait_for(state="detached")
    assert len(shown.titles()) == 1
    assert shown.page.get_by_label("Search").input_value() == ""


def test_a_filter_that_is_set_is_seen_however_short_its_bar_is(opened):
    shown = opened(sample_run(), "#rule=version-3.2")
    assert shown.box("version-3.2").is_visible()
    shown.page.get_by_role("button", name="Clear filters").click()
    assert shown.box("version-3.2").count() == 0
    shown.page.get_by_role("button", name="Show all").first.click()
    assert shown.box("version-3.2").is_visible()


def test_a_control_keeps_the_focus_when_its_chart_is_drawn_anew(opened):
    shown = opened(sample_run())
    box = shown.box("webhook-thread-closed")
    box.focus()
    shown.page.keyboard.press("Space")
    assert box.is_checked()
    assert shown.page.evaluate("document.activeElement.value") == "webhook-thread-closed"


def test_a_run_without_findings_says_so_and_what_it_searched(opened):
    shown = opened(run_over({"a.py": b"x = 1\n", "b.py": b""}))
    assert shown.page.get_by_text("2 files searched; nothing left to migrate.").is_visible()
    assert shown.page.get_by_text("Nothing was found").is_visible()
    assert shown.titles() == []
    shown.assert_silent()
