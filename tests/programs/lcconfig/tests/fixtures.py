"""What LiveChat sent on a day in February."""

CLOSED = {
    "webhook_id": "w-1",
    "secret_key": "s",
    "action": "thread_closed",
    "payload": {"chat_id": "PJ0MRSHTDG", "thread_id": "K600PKZON8", "user_id": "b7eff798"},
}
TAGGED = {
    "webhook_id": "w-2",
    "secret_key": "s",
    "action": "chat_thread_tagged",
    "payload": {"chat_id": "PJ0MRSHTDG", "thread_id": "K600PKZON8", "tag": "bug_report"},
}
ADDED = {
    "webhook_id": "w-3",
    "secret_key": "s",
    "action": "chat_user_added",
    "payload": {"chat_id": "PJ0MRSHTDG", "user_type": "agent"},
}
