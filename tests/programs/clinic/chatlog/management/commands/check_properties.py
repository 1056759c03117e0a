from django.core.management.base import BaseCommand, CommandError

from chatlog import livechat

WANTED = {
    "insurance": {
        "type": "string",
        "locations": {"chat": {"access": {"agent": {"read": True, "write": True}}}},
        "domain": ["public", "private", "none"],
    }
}


class Command(BaseCommand):
    help = "Fail unless the properties are registered; --fix registers them."

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true")

    def handle(self, *args, fix, **options):
        configs = livechat.call("get_property_configs", all=True)
        missing = WANTED.keys() - {name for names in configs.values() for name in names}
        if not missing:
            self.stdout.write("complete")
        elif fix:
            livechat.call("create_properties", **{name: WANTED[name] for name in missing})
            self.stdout.write(f"registered {', '.join(missing)}")
        else:
            raise CommandError(f"missing: {', '.join(missing)}")
