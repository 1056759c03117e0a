from django.conf import settings
from django.core.management.base import BaseCommand

from chatlog import livechat
from chatlog.models import Entry


class Command(BaseCommand):
    help = "Register what the log keeps entries of."

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="unregister first")

    def handle(self, *args, **options):
        if options["again"]:
            for hook in livechat.webhooks():
                livechat.call("unregister_webhook", webhook_id=hook["webhook_id"])
        known = {hook["action"] for hook in livechat.webhooks()}
        for action in Entry.Action.values:
            if action not in known:
                livechat.call(
                    "register_webhook",
                    action=action,
                    url=settings.LIVECHAT_CALLBACK,
                    secret_key=settings.LIVECHAT_SECRET,
                )
                self.stdout.write(f"registered {action}")
