"""A little code that calls the API, and what becomes of it."""

BOTS = 'requests.post("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents", json={})\n'
BOTS_AFTER = 'requests.post("https://api.livechatinc.com/v3.2/configuration/action/list_bots", json={})\n'
BEFORE = "import requests\n\n" + BOTS
AFTER = "import requests\n\n" + BOTS_AFTER

#: Nothing in it is evident; one place is left for a person.
LEFT = 'import requests\n\nrequests.post("https://api.livechatinc.com/configuration/action/get_bot_agents", json={})\n'
#: It has nothing to do with the API.
OTHER = "x = 1\n"
#: It may have to do with the API, but is no Python.
BROKEN = "get_bot_agents = (\n"
