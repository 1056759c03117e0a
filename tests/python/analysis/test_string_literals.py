"""Every way to write the literal that holds a name."""

# ruff: noqa: E501 - the sources under test are as long as they are

import sys

import pytest

from verbs import migrated, told, transformed

HEAD = """
import requests


def call(name, body=None):
    return requests.post("https://api.livechatinc.com/v«3.1→3.2»/configuration/action/" + name, json=body or {})


"""

NAMES = [
    pytest.param('call("«get_bot_agents→list_bots»")', id="double quotes"),
    pytest.param("call('«get_bot_agents→list_bots»')", id="single quotes"),
    pytest.param('call("""«get_bot_agents→list_bots»""")', id="triple quotes"),
    pytest.param('call(r"«get_bot_agents→list_bots»")', id="a raw string"),
    pytest.param("call(R'''«get_bot_agents→list_bots»''')", id="a raw string in triple quotes"),
    pytest.param('call(u"«get_bot_agents→list_bots»")', id="a string with a u"),
    pytest.param('call(f"«get_bot_agents→list_bots»")', id="an f-string without a field"),
    pytest.param('call(b"«get_bot_agents→list_bots»".decode())', id="a bytes literal"),
    pytest.param('call("" "«get_bot_agents→list_bots»")', id="implicit concatenation with the name in one part"),
    pytest.param(
        "call('«get_bot_agents→list_bots»' \"?license_id=1\")", id="implicit concatenation with a query behind"
    ),
    pytest.param('call(("«get_bot_agents→list_bots»"))', id="parentheses"),
    pytest.param('call(  "«get_bot_agents→list_bots»"  ,)', id="blanks and a comma"),
    pytest.param(
        'call("«get_bot_agents→list_bots»" if ALL else "«get_bot_agent_details→get_bot»")',
        id="both arms of a condition",
    ),
    pytest.param('call(NAME or "«get_bot_agents→list_bots»")', id="the default of an or"),
    pytest.param('call(\n    "«get_bot_agents→list_bots»"  # get_bot_agents\n)', id="a line of its own with a comment"),
    pytest.param(
        'print(f"{call("«get_bot_agents→list_bots»")!r:>{10}}")',
        id="a call inside an f-string with the same quotes",
        marks=pytest.mark.skipif(sys.version_info < (3, 12), reason="needs the f-strings of Python 3.12"),
    ),
    pytest.param(
        "print(f\"{call('«get_bot_agents→list_bots»').json()['bot_agents'][0]:<20} é\")", id="a call inside an f-string"
    ),
]


@pytest.mark.parametrize("call", NAMES)
def test_a_name_is_renamed_inside_its_literal(call):
    transformed(f"{HEAD[1:]}{call}\n")


FSTRINGS = [
    pytest.param(
        'url = f"""https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»?license_id={license:d}"""',
        id="triple quotes",
    ),
    pytest.param(
        'text = f"""\n  curl https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots» \\\\\n'
        '    -H \'Authorization: {token!r:>{width}}\'\n"""',
        id="triple quotes over several lines with a nested format",
    ),
    pytest.param(
        "url = f'https://{hosts[\"eu\"]}/x', f\"https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»?a={d['k']}\"",
        id="fields with quotes",
    ),
    pytest.param(
        'url = rf"https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»?x={x}\\d"',
        id="a raw f-string",
    ),
    pytest.param(
        'url = f"https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»?x={{x}}&y={y}"',
        id="doubled braces",
    ),
    pytest.param(
        'url = (f"https://api.livechatinc.com/v«3.1→3.2»/configuration"  # the base\n       "/action/«get_bot_agents→list_bots»"\n       f"?x={x}")',
        id="three parts with a comment",
    ),
]


@pytest.mark.parametrize("code", FSTRINGS)
def test_a_name_is_renamed_inside_an_f_string(code):
    transformed(f"def f(token, width, license, hosts, d, x, y):\n    {code}\n    return locals()\n")


SPLIT = [
    pytest.param('"get_bot" "_agents"', id="implicit concatenation"),
    pytest.param('"get_bot" + "_agents"', id="addition"),
    pytest.param('"get_" f"{kind}_agents"', id="a field"),
    pytest.param('"get_bot_agents"[:]', id="a slice"),
    pytest.param('"get_bot_\\x61gents"', id="an escape"),
    pytest.param('"get_bot_\\\nagents"', id="a continued line"),
    pytest.param('"%s_bot_agents" % "get"', id="the percent sign"),
    pytest.param('"-".join(["get", "bot", "agents"]).replace("-", "_")', id="a computation"),
]


@pytest.mark.parametrize("name", SPLIT)
def test_a_name_that_is_put_together_is_never_renamed_wrongly(name):
    """Left as it is (for a person), or renamed to something that evaluates to the new name."""
    source = told(f'{HEAD[1:]}kind = "bot"\nRESULT = {name}\ncall(RESULT)\n').before
    after = migrated(source).after.decode()
    values = {}
    exec(after[after.index("kind =") : after.rindex("call(")], values)
    assert values["RESULT"] in ("get_bot_agents", "list_bots")


DYNAMIC = [
    pytest.param('call(f"{verb}_bot_agent")', id="an f-string"),
    pytest.param('call(verb + "_bot_agent")', id="an addition"),
    pytest.param('call("%s_bot_agent" % verb)', id="the percent sign"),
]


@pytest.mark.parametrize("code", DYNAMIC)
def test_a_name_that_is_made_at_run_time_is_left_alone(code):
    transformed(f"{HEAD[1:]}def run(verb):\n    {code}\n")


def test_an_escaped_name_in_a_url_is_never_renamed_wrongly():
    source = 'URL = "https:\\x2f\\x2fapi.livechatinc.com/v3.1/configuration/action/get_bot_agents"\n'
    after = migrated(source).after.decode()
    assert after in (source, source.replace("3.1", "3.2").replace("get_bot_agents", "list_bots"))


def test_the_quotes_and_the_prefix_of_a_literal_stay():
    transformed(
        f"{HEAD[1:]}call(rb'''«get_bot_agents→list_bots»'''.decode())\ncall(Rb\"«remove_bot_agent→delete_bot»\".decode())\n"
    )
