from django.conf import settings
from django.core.management.base import BaseCommand

from chatlog import livechat


class Command(BaseCommand):
    help = "Create the bots of the settings, correct their limits, remove all others."

    def handle(self, *args, **options):
        present = livechat.bots()
        for name, wanted in settings.LIVECHAT_BOTS.items():
            if name not in present:
                created = livechat.call("create_bot_agent", name=name, status="offline", **wanted)
                self.stdout.write(f"created {name} as {created['bot_agent_id']}")
            elif livechat.bot_details(present[name])["max_chats_count"] != wanted["max_chats_count"]:
                livechat.set_limit(present[name], wanted["max_chats_count"])
                self.stdout.write(f"corrected {name}")
        for name in present.keys() - settings.LIVECHAT_BOTS.keys():
            livechat.remove(present[name])
            self.stdout.write(f"removed {name}")
