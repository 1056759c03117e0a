import yaml


def wanted(path):
    with open(path) as stream:
        return yaml.safe_load(stream)["webhooks"]


def register(api, path, url, secret):
    known = {hook["action"] for hook in api.configure("get_webhooks_config") if hook["url"] == url}
    added = []
    for hook in wanted(path):
        if hook["action"] not in known:
            api.configure("register_webhook", dict(hook, url=url, secret_key=secret))
            added.append(hook["action"])
    return added
