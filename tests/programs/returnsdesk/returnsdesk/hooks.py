from . import tasks


class HookHandler:
    def __init__(self, board):
        self.board = board

    def handle(self, hook):
        action, payload = hook["action"], hook["payload"]
        if action == "incoming_chat_thread":
            chat_id = payload["chat"]["id"]
            self.board.chats[chat_id] = True
            tasks.greet.delay(chat_id)
        elif action == "thread_closed":
            self.board.chats[payload["chat_id"]] = False
        elif action == "chat_thread_untagged":
            if payload["tag"] == "return":
                self.board.withdrawn.append(payload["chat_id"])
        elif action == "agent_status_changed":
            self.board.agents[payload["agent_id"]] = payload["status"]
