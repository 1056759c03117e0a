from .celery_app import celery
from .config import Config
from .livechat import LiveChatAPI, bots, chats, properties, webhooks

CONFIG = {key: getattr(Config, key) for key in dir(Config) if key.isupper()}


def connect():
    return LiveChatAPI.from_config(CONFIG)


@celery.task
def register_webhooks():
    url = CONFIG["PUBLIC_URL"] + "/livechat"
    return webhooks.register(connect(), CONFIG["WEBHOOKS_FILE"], url, CONFIG["LIVECHAT_SECRET"])


@celery.task
def install():
    api = connect()
    properties.install(api)
    return bots.create_bot(api, "Returns")


@celery.task(max_retries=3)
def greet(chat_id):
    chats.say(connect(), chat_id, "Hello! Which order is it about?")


@celery.task
def go_home():
    api = connect()
    for bot in bots.list_bots(api):
        bots.pause_bot(api, bot["id"])
        bots.delete_bot(api, bot["id"])
