"""Names of webhooks that a program keeps in a shape of its own: lists in one string, merged tables, its own objects."""

from textwrap import dedent

import pytest

from trees import tree
from verbs import migrated, told, transformed

RECEIVER = """

        def receive(hook):
            if hook["secret_key"] == "k" and hook["action"] in NAMES:
                return hook["payload"]
    """

LISTS = [
    pytest.param('NAMES = "«thread_closed→chat_deactivated» incoming_event".split()', id="by blanks"),
    pytest.param('NAMES = "incoming_event,«thread_closed→chat_deactivated»".split(",")', id="by commas"),
    pytest.param(
        "NAMES = [n.strip() for n in 'incoming_event, «thread_closed→chat_deactivated»'.split(',')]", id="and stripped"
    ),
    pytest.param(
        'import os\n\n        NAMES = os.getenv("NAMES", "«thread_closed→chat_deactivated»,incoming_event").split(",")',
        id="by default",
    ),
]


@pytest.mark.parametrize("line", LISTS)
def test_a_name_is_renamed_in_a_list_that_is_written_as_one_string(line: str) -> None:
    transformed("\n        " + line + "\n" + RECEIVER)


TABLES = [
    pytest.param('NAMES = {**A, **{"«access_set→chat_access_set»": print}}', id="by two stars"),
    pytest.param("NAMES = dict([('«access_set→chat_access_set»', print)]) | A", id="beside pairs"),
    pytest.param("NAMES = dict(A)", id="by a copy"),
    pytest.param("NAMES = dict(**A, incoming_event=print)", id="by a copy with keywords"),
]


@pytest.mark.parametrize("line", TABLES)
def test_a_name_is_renamed_in_a_table_that_another_takes_over(line: str) -> None:
    transformed('\n        A = {"«thread_closed→chat_deactivated»": print}\n        ' + line + "\n" + RECEIVER)


EVENT = """
    from dataclasses import dataclass


    @dataclass
    class Event:
        kind: str
        body: dict


    def handle(event: Event):
        if event.kind == {name}:
            return event.body
    """
PARSE = """
    from shop.events import Event, handle


    def receive(hook):
        if hook["secret_key"] == "k":
            handle(Event(hook["action"], body=hook["payload"]))
    """


def test_a_name_is_renamed_where_an_object_that_is_made_of_webhooks_alone_holds_it() -> None:
    tree({"shop/events.py": EVENT.format(name='"«thread_closed→chat_deactivated»"'), "shop/app.py": PARSE})


def test_a_name_is_left_alone_where_an_object_is_made_of_something_else_as_well() -> None:
    other = """
        from shop.events import Event, handle


        def listen(forum):
            handle(Event(forum["kind"], {}))
        """
    tree({"shop/events.py": EVENT.format(name='"thread_closed"'), "shop/app.py": PARSE, "shop/forum.py": other})


def test_a_function_whose_parameters_are_the_keys_of_a_webhook_receives_one() -> None:
    transformed(
        """
        def receive(*, webhook_id, secret_key, action, payload, **rest):
            if secret_key == "k" and action == "«thread_closed→chat_deactivated»":
                return payload
        """
    )


@pytest.mark.parametrize("key", ["webhook_id", "secret_key"])
def test_a_function_with_some_of_them_may_receive_another_s(key: str) -> None:
    source = f"""
        def receive({key}, action, payload):
            if action == "«thread_closed→chat_deactivated»":
                return payload
        """
    before = dedent(told(source).before)
    assert migrated(before).after == before.encode()
    transformed(source, unsafe=True)


@pytest.mark.parametrize(
    ("look_up", "member"),
    [('hook["action"].upper()', "THREAD_CLOSED"), ('hook.get("action")', "thread_closed")],
    ids=["in capitals", "as they are"],
)
def test_a_member_of_an_enum_that_is_looked_up_by_its_name_is_for_a_person(look_up: str, member: str) -> None:
    tree(
        {
            "shop/actions.py": f"""
                from enum import Enum, auto


                class Action(Enum):
                    {member} = auto()  #@ webhook-thread-closed
                    OTHER = auto()
                """,
            "shop/app.py": f"""
                from shop.actions import Action


                def receive(hook):
                    if hook["secret_key"] == "k":
                        return Action[{look_up}]
                """,
        }
    )


def test_a_member_in_capitals_that_is_not_looked_up_stays() -> None:
    text = 'import enum\n\nclass Action(enum.Enum):\n    THREAD_CLOSED = "closed"\n\nprint(Action["THREAD_CLOSED"])\n'
    assert not tree({"shop/actions.py": text})
