"""Webhooks that are told by what the code near them reads."""

import pytest

from trees import tree

CHECK = """
    from flask import abort, request


    def checked(view):
        def inner(*args):
            if request.get_json()["{key}"] != "k":
                abort(403)
            return view(*args)

        return inner
    """
VIEW = """
    from flask import request

    from shop.auth import checked


    @checked
    def receive():
        event = request.get_json()
        if event["action"] == {name}:
            return event["{body}"]
    """


def receiver(key: str, body: str, name: str = '"thread_closed"') -> dict[str, str]:
    return {"shop/auth.py": CHECK.format(key=key), "shop/app.py": VIEW.format(body=body, name=name)}


def test_a_webhook_whose_secret_is_read_off_another_object_is_never_renamed_by_default() -> None:
    tree(receiver("secret_key", "payload"))
    tree(receiver("webhook_id", "payload", '"«thread_closed→chat_deactivated»"'), unsafe=True)


@pytest.mark.parametrize(("key", "body"), [("token", "payload"), ("secret_key", "thread")])
def test_what_has_no_secret_or_no_body_near_it_is_left_alone(key: str, body: str) -> None:
    tree(receiver(key, body), unsafe=True)


def test_a_key_is_renamed_in_a_module_that_is_known_by_what_another_one_reads() -> None:
    tree(
        {
            "shop/auth.py": """
                def check(hook):
                    if hook["secret_key"] != "k":
                        raise PermissionError
                """,
            "shop/views.py": """
                from shop.auth import check
                from shop.dispatch import dispatch


                def receive(request):
                    hook = request.json()
                    check(hook)
                    dispatch(hook)
                """,
            "shop/dispatch.py": """
                def dispatch(hook):
                    if hook["action"] == "incoming_event":
                        print(hook["«data→payload»"]["data"])
                """,
        },
        source="3.0",
    )
