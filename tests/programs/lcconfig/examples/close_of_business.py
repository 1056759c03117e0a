"""Remove all bots of the license at the end of the day."""

import os

from lcconfig import Client

client = Client(os.environ["LC_TOKEN"])
for bot in client.bots.list(everybody=True):
    print("removing", bot.name)
    client.bots.remove(bot.id)
