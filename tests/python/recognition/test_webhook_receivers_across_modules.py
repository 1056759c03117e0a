"""A receiver of webhooks that is written over several modules."""

import pytest

from trees import tree


def test_handlers_are_renamed_when_the_table_between_them_and_the_receiver_holds_no_name_at_all() -> None:
    tree(
        {
            "shop/registry.py": """
                class Registry:
                    def __init__(self):
                        self.handlers = {}

                    def on(self, *names):
                        def enter(handler):
                            for name in names:
                                self.handlers[name] = handler
                            return handler

                        return enter

                    async def dispatch(self, hook):
                        handler = self.handlers.get(hook["action"])
                        if handler:
                            await handler(hook["payload"])


                hooks = Registry()
                """,
            "shop/handlers.py": """
                from shop.registry import hooks


                @hooks.on("«incoming_chat_thread→incoming_chat»", "incoming_event")
                async def opened(payload): ...


                @hooks.on("«access_set→chat_access_set»")
                async def access(payload):
                    return payload.get("resource")  #@ access-resource
                """,
            "shop/app.py": """
                import shop.handlers
                from shop.registry import hooks


                async def receive(request):
                    hook = await request.json()
                    if hook["secret_key"] == "k":
                        await hooks.dispatch(hook)
                """,
        }
    )


def test_what_a_package_hands_on_has_its_say_too() -> None:
    tree(
        {
            "shop/hooks/__init__.py": "from .table import HANDLERS, dispatch\n",
            "shop/hooks/table.py": """
                HANDLERS = {}


                def dispatch(hook):
                    HANDLERS[hook["action"]](hook["payload"])
                """,
            "shop/handlers.py": """
                from shop.hooks import HANDLERS

                HANDLERS["«thread_closed→chat_deactivated»"] = print
                """,
            "shop/app.py": """
                import shop.handlers
                from shop.hooks import dispatch


                def receive(hook):
                    if hook["secret_key"] == "k":
                        dispatch(hook)
                """,
        }
    )


MODELS = """
    from typing import Annotated, Literal, Union

    from pydantic import BaseModel, Field


    class Envelope(BaseModel):
        webhook_id: str
        secret_key: str


    class Access(BaseModel):
        resource: str  #@ access-resource
        id: str


    class AccessSet(Envelope):
        action: Literal["«access_set→chat_access_set»"]
        payload: Access


    class Tagged(Envelope):
        action: Literal["«chat_thread_tagged→thread_tagged»", "«chat_thread_untagged→thread_untagged»"]
        payload: dict


    Hook = Annotated[Union[AccessSet, Tagged], Field(discriminator="action")]
    """
HANDLER = """

    def receive(hook: {type}):
        if hook.action == "«chat_thread_tagged→thread_tagged»":
            return 1
        return hook.payload.resource  #@ access-resource
    """


@pytest.mark.parametrize(
    ("statement", "annotation"),
    [
        pytest.param("from shop.models import Hook", "Hook", id="by its name"),
        pytest.param("from shop.models import Hook as Any_", "Any_ | None", id="under another name"),
        pytest.param("from shop import models", "models.Hook", id="as an attribute of its module"),
        pytest.param("from shop.schemas import Hook", "'Hook'", id="by way of a third module"),
    ],
)
def test_a_union_of_models_that_is_imported_says_what_a_parameter_is(statement: str, annotation: str) -> None:
    tree(
        {
            "shop/__init__.py": "",
            "shop/models.py": MODELS,
            "shop/schemas.py": "from .models import Hook\n",
            "shop/app.py": f"\n    {statement}\n" + HANDLER.format(type=annotation),
        }
    )


def test_a_decorator_that_reads_the_webhook_hands_its_name_on_to_the_function_below_it() -> None:
    tree(
        {
            "shop/webhook.py": """
                from functools import wraps

                from flask import abort, request


                def receives(handler):
                    @wraps(handler)
                    def inner():
                        body = request.get_json()
                        if body["secret_key"] != "k":
                            abort(403)
                        return handler(body["action"], payload=body["payload"])

                    return inner


                def checked(secret):
                    def decorate(handler):
                        def inner(request):
                            hook = request.json
                            assert hook["secret_key"] == secret
                            return handler(hook)

                        return inner

                    return decorate
                """,
            "shop/app.py": """
                from shop.webhook import checked, receives


                @receives
                def receive(action, payload):
                    if action == "«access_set→chat_access_set»":
                        return payload["resource"]  #@ access-resource


                @checked("k")
                def other(hook):
                    return hook["action"] == "«thread_closed→chat_deactivated»"
                """,
        }
    )


@pytest.mark.parametrize("parameter", ["hook: dict = Depends(checked)", "hook: Annotated[dict, Depends(checked)]"])
def test_a_parameter_is_what_its_provider_gives_back(parameter: str) -> None:
    tree(
        {
            "shop/auth.py": """
                from fastapi import HTTPException, Request


                async def checked(request: Request) -> dict:
                    body = await request.json()
                    if body["secret_key"] != "k":
                        raise HTTPException(403)
                    return body
                """,
            "shop/app.py": f"""
                from typing import Annotated

                from fastapi import Depends

                from shop.auth import checked


                async def receive({parameter}):
                    if hook["action"] == "«thread_closed→chat_deactivated»":
                        return hook["payload"]
                """,
        }
    )


def test_a_table_of_subclasses_is_keyed_by_what_each_says() -> None:
    tree(
        {
            "shop/handlers.py": """
                class Handler:
                    action = ""


                class Closed(Handler):
                    action = "«thread_closed→chat_deactivated»"
                """,
            "shop/app.py": """
                from shop.handlers import Handler

                TABLE = {handler.action: handler for handler in Handler.__subclasses__()}


                def receive(body):
                    if body["secret_key"] == "k":
                        return TABLE[body["action"]](body["payload"])
                """,
        }
    )
