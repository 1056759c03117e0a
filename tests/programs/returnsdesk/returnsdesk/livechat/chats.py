def say(api, chat_id, text):
    api.agent("send_event", {"chat_id": chat_id, "event": {"type": "message", "text": text}})
