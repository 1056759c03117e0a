from enum import Enum


class BotStatus(str, Enum):
    ACCEPTING = "accepting chats"
    NOT_ACCEPTING = "not accepting chats"
    OFFLINE = "offline"


class Priority(str, Enum):
    FIRST = "first"
    NORMAL = "normal"
    LAST = "last"


class Webhook(str, Enum):
    """The webhooks that can be registered."""

    INCOMING_CHAT_THREAD = "incoming_chat_thread"
    INCOMING_EVENT = "incoming_event"
    THREAD_CLOSED = "thread_closed"
    CHAT_USER_ADDED = "chat_user_added"
    CHAT_THREAD_TAGGED = "chat_thread_tagged"
    CHAT_THREAD_UNTAGGED = "chat_thread_untagged"
    ACCESS_SET = "access_set"


class Method(str, Enum):
    CREATE_BOT = "create_bot_agent"
    UPDATE_BOT = "update_bot_agent"
    REMOVE_BOT = "remove_bot_agent"
    GET_BOT = "get_bot_agent_details"
    LIST_BOTS = "get_bot_agents"
    REGISTER_WEBHOOK = "register_webhook"
    UNREGISTER_WEBHOOK = "unregister_webhook"
    LIST_WEBHOOKS = "get_webhooks_config"
    CREATE_PROPERTIES = "create_properties"
    LIST_PROPERTIES = "get_property_configs"
