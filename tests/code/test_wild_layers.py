"""Programs in layers: between the name of a method and the address lie modules that hold neither."""

from trees import tree

BASE = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action"


def test_arguments_that_no_caller_spreads_hold_nothing() -> None:
    tree(
        {
            "lc.py": f"""
                import requests


                def call(name, **body):
                    return requests.post(f"{BASE}/{{name}}", json=body).json()


                def perform(what, **kw):
                    return call(what, **kw)


                perform("«get_webhooks_config→list_registered_webhooks»")
                """
        },
        source="3.0",
    )
