"""Edits that meet: inside one another, side by side, and on lines that a comment asks to leave alone."""

import pytest

from laws import assert_laws
from migrator.findings.finding import Applicability
from migrator.findings.ledger import OccurrenceState
from migrator.matching.occurrences import collect_old_names
from migrator.matching.selection import Options
from migrator.program.ledger_totals import account_for
from migrator.python.migrate import migrate_files
from verbs import migrated, shipped, transformed

URL = "https://api.livechatinc.com/v3.1/configuration/action/"
NEW = "https://api.livechatinc.com/v3.2/configuration/action/create_bot"


def test_a_url_in_a_value_that_is_taken_out_goes_with_it():
    source = f'post("{URL}create_bot_agent", json={{"name": n, "status": ["{URL}get_bot_agents"]}})\n'
    result = migrated(source)
    assert result.after.decode().splitlines()[-1] == f'post("{NEW}", json={{"name": n}})'
    assert "method-get-bot-agents" not in {finding.rule for finding in result.findings}


def test_what_goes_with_an_entry_is_accounted_for_as_edited():
    files = {"a.py": f'post("{URL}create_bot_agent", json={{"status": ["{URL}get_bot_agents"]}})\n'.encode()}
    options = Options(shipped().chains())
    ledger = account_for(migrate_files(files, options), files, collect_old_names(options))
    assert ledger.total == ledger.counted == 2
    assert ledger.count_states()[OccurrenceState.EDITED] == 2


def test_a_url_in_a_value_that_stays_is_edited():
    source = f'post("{URL}create_bot_agent", json={{"status": make("{URL}get_bot_agents")}})\n'
    result = migrated(source)
    assert b'make("https://api.livechatinc.com/v3.2/configuration/action/list_bots")' in result.after


@pytest.mark.parametrize(
    ("body", "left"),
    [
        pytest.param('{"status": "offline", "status": "offline"}', "{}", id="when nothing else is there"),
        pytest.param('{"a": 1, "status": "offline", "status": "offline"}', '{"a": 1}', id="at the end"),
        pytest.param('{"status": "offline", "status": "offline", "a": 1}', '{"a": 1}', id="at the start"),
        pytest.param('{"a": 1,\n  "status": "offline", "status": "offline",\n}', '{"a": 1,\n}', id="on a line"),
        pytest.param('{"a": 1, "status": "offline", "status": "offline",}', '{"a": 1,}', id="before a comma"),
    ],
)
def test_neighbours_are_taken_out_together(body, left):
    result = migrated(f'post("{URL}create_bot_agent", json={body})\n')
    assert result.after.decode() == f'post("{NEW}", json={left})\n'


def test_a_value_that_reads_the_dict_it_replaces_is_left_to_a_person():
    source = f'body = {{}}\nbody = {{"status": body}}\npost("{URL}create_bot_agent", json=body)\n'
    result = migrated(source)
    (found,) = (finding for finding in result.findings if finding.rule == "create-bot-status")
    assert found.applicability is Applicability.MANUAL


def test_a_comment_at_the_end_of_a_value_of_several_lines_leaves_the_entry_alone():
    transformed(
        f"""
        body = {{"name": n, "status": ("accepting "
            "chats")}}  # migrator: ignore[create-bot-status]
        post("{URL.replace("3.1", "«3.1→3.2»")}«create_bot_agent→create_bot»", json=body)
        """
    )


def test_a_comment_is_found_in_a_file_with_the_line_ends_of_an_old_mac():
    raw = f'x = ("a"\r  "b")\rpost("{URL}get_bot_agents")  # migrator: ignore\r'.encode()
    (result,) = migrate_files({"a.py": raw}, Options(shipped().chains()))
    assert_laws(result, raw, unsafe=False)
    assert result.after == raw
    assert {finding.line for finding in result.suppressed} == {3}
