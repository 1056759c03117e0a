"""`status` as a keyword argument of a call that creates or updates a bot."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import manual, migrated, told, transformed

HEAD = 'from livechat.configuration import ConfigurationApi\n\nclient = ConfigurationApi("token")\n'
CREATE = "# TODO(migrator create-bot-status): ...\n"
UPDATE = "# TODO(migrator update-bot-status): ...\n"

KEYWORDS = [
    pytest.param(
        'client.create_bot_agent(name="Bot", status="accepting chats")\n',
        CREATE + 'client.create_bot(name="Bot")\n',
        id="the last one",
    ),
    pytest.param(
        'client.create_bot_agent(status="accepting chats", name="Bot")\n',
        CREATE + 'client.create_bot(name="Bot")\n',
        id="the first one",
    ),
    pytest.param(
        'client.create_bot_agent(name="Bot", status="not accepting chats", avatar=None)\n',
        CREATE + 'client.create_bot(name="Bot", avatar=None)\n',
        id="one in the middle",
    ),
    pytest.param(
        'client.create_bot_agent(status="accepting chats")\n', CREATE + "client.create_bot()\n", id="the only one"
    ),
    pytest.param(
        'client.create_bot_agent(name="Bot", status="accepting chats",)\n',
        (CREATE + 'client.create_bot(name="Bot",)\n', CREATE + 'client.create_bot(name="Bot")\n'),
        id="one with a trailing comma",
    ),
    pytest.param(
        'client.create_bot_agent(name="Bot", status="offline")\n',
        'client.create_bot(name="Bot")\n',
        id="offline, to create",
    ),
    pytest.param(
        'client.update_bot_agent(id="5c98", status="offline")\n',
        UPDATE + 'client.update_bot(id="5c98")\n',
        id="offline, to update",
    ),
    pytest.param(
        'online = "accepting chats"\nclient.update_bot_agent(id="5c98", status=online)\n',
        'online = "accepting chats"\n' + UPDATE + 'client.update_bot(id="5c98")\n',
        id="a variable",
    ),
    pytest.param(
        'client.update_bot_agent(id="5c98", status="accepting chats" if OPEN else "offline", name="Bot")\n',
        UPDATE + 'client.update_bot(id="5c98", name="Bot")\n',
        id="a conditional expression",
    ),
    pytest.param(
        'client.create_bot_agent(name="Bot", status=settings.STATUS)\n',
        CREATE + 'client.create_bot(name="Bot")\n',
        id="an attribute",
    ),
    pytest.param(
        'client.create_bot_agent(\n    name="Bot",\n    status="accepting chats",\n    avatar=None,\n)\n',
        CREATE + 'client.create_bot(\n    name="Bot",\n    avatar=None,\n)\n',
        id="on a line of its own",
    ),
    pytest.param(
        'client.create_bot_agent(\n    name="Bot",\n    status="accepting chats",\n)\n',
        CREATE + 'client.create_bot(\n    name="Bot",\n)\n',
        id="on the last line with a trailing comma",
    ),
    pytest.param(
        'client.create_bot_agent(\n    name="Bot",\n    status="accepting chats"\n)\n',
        (CREATE + 'client.create_bot(\n    name="Bot"\n)\n', CREATE + 'client.create_bot(\n    name="Bot",\n)\n'),
        id="on the last line without a trailing comma",
    ),
    pytest.param(
        'client.create_bot_agent(name="Bot",\n                        status="accepting chats",\n                        avatar=None)\n',
        CREATE + 'client.create_bot(name="Bot",\n                        avatar=None)\n',
        id="aligned below the bracket",
    ),
    pytest.param(
        'client.create_bot_agent(name="Bot",\n                        status="accepting chats")\n',
        CREATE + 'client.create_bot(name="Bot")\n',
        id="aligned below the bracket, last",
    ),
    pytest.param(
        'bot = client.create_bot_agent(name="Bot", status="accepting chats").json()["bot_agent_id"]\n',
        CREATE + 'bot = client.create_bot(name="Bot").json()["bot_agent_id"]\n',
        id="in an assignment",
    ),
    pytest.param(
        'def create(name):\n    if name:\n        return client.create_bot_agent(name=name, status="accepting chats")\n',
        f"def create(name):\n    if name:\n        {CREATE}        return client.create_bot(name=name)\n",
        id="in a nested block",
    ),
    pytest.param(
        'def create(name):\n\tclient.create_bot_agent(name=name, status="accepting chats")\n',
        f"def create(name):\n\t{CREATE}\tclient.create_bot(name=name)\n",
        id="in a block that is indented by tabs",
    ),
    pytest.param(
        'client.create_bot_agent(payload={"name": "Bot", "status": "accepting chats"})\n',
        CREATE + 'client.create_bot(payload={"name": "Bot"})\n',
        id="a key of the body given to the client",
    ),
    pytest.param(
        'for name in NAMES: client.create_bot_agent(name=name, status="accepting chats")\n',
        CREATE + "for name in NAMES: client.create_bot(name=name)\n",
        id="in a block on the line of its head",
    ),
    pytest.param(
        'if client.create_bot_agent(name="Bot", status="accepting chats").ok:\n    print("made")\n',
        CREATE + 'if client.create_bot(name="Bot").ok:\n    print("made")\n',
        id="in the head of a statement",
    ),
    pytest.param(
        'first(); client.create_bot_agent(name="Bot", status="accepting chats")\n',
        CREATE + 'first(); client.create_bot(name="Bot")\n',
        id="after a semicolon",
    ),
    pytest.param(
        'if FIRST:\n    pass\nelif client.create_bot_agent(name="Bot", status="accepting chats"):\n    pass\n',
        (
            "if FIRST:\n    pass\n" + CREATE + 'elif client.create_bot(name="Bot"):\n    pass\n',
            CREATE + 'if FIRST:\n    pass\nelif client.create_bot(name="Bot"):\n    pass\n',
        ),
        id="in the head of an elif",
    ),
    pytest.param(
        '@app.task\ndef make():\n    client.create_bot_agent(name="Bot", status="accepting chats")  # go\n',
        f'@app.task\ndef make():\n    {CREATE}    client.create_bot(name="Bot")  # go\n',
        id="with a comment behind the call",
    ),
]


@pytest.mark.parametrize(("call", "after"), KEYWORDS)
def test_a_status_is_removed_from_the_arguments(call, after):
    wanted = (after,) if isinstance(after, str) else after
    transformed(f"{HEAD}\n{call}", tuple(f"{HEAD}\n{text}" for text in wanted))


def test_a_status_is_removed_from_the_keywords_of_a_wrapper():
    transformed(
        """
        import requests


        def call(method, **body):
            return requests.post("https://api.livechatinc.com/v3.1/configuration/action/" + method, json=body).json()


        def create(name):
            return call("create_bot_agent", name=name, status="accepting chats")["bot_agent_id"]


        def sleep(bot):
            call("update_bot_agent", id=bot, status="offline")
            call("something_else", status="kept")
        """,
        """
        import requests


        def call(method, **body):
            return requests.post("https://api.livechatinc.com/v3.2/configuration/action/" + method, json=body).json()


        def create(name):
            # TODO(migrator create-bot-status): ...
            return call("create_bot", name=name)["bot_agent_id"]


        def sleep(bot):
            # TODO(migrator update-bot-status): ...
            call("update_bot", id=bot)
            call("something_else", status="kept")
        """,
    )


def test_two_removals_in_one_statement_leave_one_comment_for_each_rule_at_most():
    before = (
        f"{HEAD}\n"
        'pair = [client.create_bot_agent(status="accepting chats", name=n) for n in "a"], client.create_bot_agent(status="accepting chats")\n'
    )
    after = f'{HEAD}\n{CREATE}pair = [client.create_bot(name=n) for n in "a"], client.create_bot()\n'
    # judgement: one comment says it for both
    transformed(before, (after, after.replace(CREATE, CREATE * 2)))


EFFECTS = [
    pytest.param("pick_status()", id="a call"),
    pytest.param("queue.pop()", id="a method's call"),
    pytest.param("[log(x) for x in xs][0]", id="a call inside a comprehension"),
    pytest.param("(chosen := STATUS)", id="a walrus"),
    pytest.param('f"{pick()} chats"', id="a call inside an f-string"),
]


@pytest.mark.parametrize("value", EFFECTS)
def test_a_status_whose_value_may_have_an_effect_is_for_a_person(value):
    transformed(
        f'{HEAD}\nclient.«update_bot_agent→update_bot»(\n    id="5c98",\n    status={value},  #@ update-bot-status\n)\n'
    )


def test_an_awaited_status_is_for_a_person():
    transformed(
        """
        from livechat.configuration import ConfigurationApi


        async def update(client: ConfigurationApi):
            await client.«update_bot_agent→update_bot»(id="5c98", status=await current())  #@ update-bot-status
        """
    )


def test_keywords_that_cannot_be_seen_are_for_a_person():
    transformed(
        """
        from livechat.configuration import ConfigurationApi


        def create(client: ConfigurationApi, **options):
            return client.«create_bot_agent→create_bot»(**options)  #@ create-bot-status
        """
    )


def test_other_calls_keep_their_status():
    transformed(
        f"""{HEAD}
client.«get_bot_agents→list_bots»(status="offline")
client.«create_bot_agent→create_bot»(name="status")
other.create(status="offline")
"""
    )


def test_a_lambda_gets_its_comment_above_the_statement():
    transformed(
        f'{HEAD}\nmake = lambda name: client.create_bot_agent(name=name, status="accepting chats")\n',
        f"{HEAD}\n{CREATE}make = lambda name: client.create_bot(name=name)\n",
    )


def test_a_status_given_to_a_partial_is_never_lost_silently():
    """Either removed with its comment or shown to a person, but not passed over."""
    # judgement: both are honest
    transformed(
        f"from functools import partial\n{HEAD}\n"
        'make = partial(client.create_bot_agent, status="accepting chats")\nmake(name="Bot")\n',
        (
            f'from functools import partial\n{HEAD}\n{CREATE}make = partial(client.create_bot)\nmake(name="Bot")\n',
            f"from functools import partial\n{HEAD}\n"
            'make = partial(client.create_bot, status="accepting chats")\nmake(name="Bot")\n',
        ),
    )


def test_a_status_of_a_call_that_is_only_guessed_stays_by_default():
    manual_or_unsafe = '''
    """LiveChat bots."""


    def create(api, name):
        return api.create_bot_agent(name=name, status="accepting chats")
    '''
    result = migrated(told(manual_or_unsafe).before)
    assert not result.applied
    assert {"create-bot-status", "method-create-bot-agent"} & {finding.rule for finding in result.findings}


def test_a_status_behind_the_old_path_stays():
    manual(
        """
        import requests


        def create(name):
            url = "https://api.livechatinc.com/v3.1/configuration/agents/create_bot_agent"  #@
            requests.post(url, json={"name": name, "status": "accepting chats"})
        """
    )
