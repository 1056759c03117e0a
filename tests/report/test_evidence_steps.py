"""The evidence of a finding in the order in which one reads the code."""

from migrator.findings.finding import Applicability, Finding
from migrator.report.evidence_steps import order_steps

URL = "create_bot is called by URL https://api.livechatinc.com/v3.1/configuration/action/create_bot"


def finding(*evidence):
    return Finding(
        rule="r", kind="rename_method", path="bots.py", line=1, column=1, end_line=1, end_column=2, old="a", new="b",
        applicability=Applicability.SAFE, evidence=evidence, message="", advice="",
    )  # fmt: skip


def test_steps_lead_from_the_file_of_the_finding_to_the_api():
    steps = (f"{URL} (client.py:30)", "`API_URL` (settings.py:8)", "`call` called at bots.py:31", "`BODY` (bots.py:10)")
    assert order_steps(finding(*steps)) == [steps[3], steps[2], steps[1], steps[0]]


def test_a_step_about_the_occurrence_itself_comes_first():
    assert (
        order_steps(finding(f"{URL} (client.py:30)", "5 names of webhooks together"))[0]
        == "5 names of webhooks together"
    )


def test_a_sentence_that_is_true_of_two_lines_is_said_once():
    first, second = f"{URL} (client.py:30)", f"{URL} (client.py:33)"
    assert order_steps(finding(first, "`call` called at bots.py:31", second)) == [
        "`call` called at bots.py:31",
        first,
    ]


def test_two_calls_of_one_function_are_two_steps():
    steps = ("`send` called at bots.py:3", "`send` called at bots.py:9")
    assert set(order_steps(finding(*steps))) == set(steps)
