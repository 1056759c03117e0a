class APIError(Exception):
    def __init__(self, url, status, text):
        super().__init__("%s: %s %s" % (url.rsplit("/", 1)[-1], status, text))
        self.status = status
