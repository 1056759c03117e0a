import requests

from .exceptions import APIError


class LiveChatAPI(object):
    """Talks to both APIs that we need: that of the configuration and that of the chats."""

    def __init__(self, host, version, token, session=None):
        self.host = host
        self.version = version
        self.session = session or requests.Session()
        self.session.headers["Authorization"] = "Bearer " + token

    @classmethod
    def from_config(cls, config):
        return cls(config["LIVECHAT_HOST"], config["LIVECHAT_VERSION"], config["LIVECHAT_TOKEN"])

    def url(self, component, method):
        return "{}/v{}/{}/action/{}".format(self.host, self.version, component, method)

    def configure(self, method, body=None):
        return self._post(self.url("configuration", method), body)

    def agent(self, method, body=None):
        return self._post(self.url("agent", method), body)

    def _post(self, url, body):
        response = self.session.post(url, json=body or {}, timeout=15)
        if not response.ok:
            raise APIError(url, response.status_code, response.text)
        return response.json() if response.content else None
