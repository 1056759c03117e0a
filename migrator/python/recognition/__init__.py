"""Recognise the API in Python code: what is a client, a request, a response or a webhook of it.

Read the files in this order:

* `url_text.py`: strings that the evaluator found, as shapes of URLs.
* `claims.py`: a claim says that a rule applies to a span of a module, with evidence and, perhaps, an obstacle.
* `context_hints.py`: weaker evidence, from words in a module and from the modules that it imports.
* `api_clients.py`: objects whose class is a client of the API.
* `api_requests.py`: calls that send something to a URL of the API.
* `search_context.py`: the inputs that all finders share.
* `sent_requests.py`: both kinds of requests, with their bodies.
* `responses.py`: expressions that are part of a response.
* `webhook_objects.py`: objects that are webhooks, recognised by the keys that are read off them.

Nothing here claims anything: that is the task of the finders.
"""
