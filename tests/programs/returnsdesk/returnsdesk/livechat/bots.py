def list_bots(api):
    return api.configure("get_bot_agents", {"all": False})["bot_agents"]


def create_bot(api, name):
    return api.configure("create_bot_agent", {"name": name, "status": "accepting chats"})["bot_agent_id"]


def pause_bot(api, bot_id):
    api.configure("update_bot_agent", {"id": bot_id, "status": "not accepting chats"})


def delete_bot(api, bot_id):
    api.configure("remove_bot_agent", {"bot_agent_id": bot_id})
