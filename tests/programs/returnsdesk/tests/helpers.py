class Response:
    def __init__(self, document, status=200):
        self.document, self.status_code = document, status
        self.content = b"" if document is None else b"x"
        self.ok = status == 200
        self.text = ""

    def json(self):
        return self.document


class Session:
    """Stands in for requests.Session; answers by the end of the URL."""

    def __init__(self, **answers):
        self.headers = {}
        self.answers = answers
        self.sent = []

    def post(self, url, json, timeout):
        self.sent.append((url, json))
        return Response(self.answers.get(url.rsplit("/", 1)[-1]))
