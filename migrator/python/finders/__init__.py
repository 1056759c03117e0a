"""Find the names, keys and versions that the rules of one chain change; `phases.py` lists the phases in order.

The finders for requests:

* `trace_calls.py`, `api_callers.py`: call sites, sent requests, and the modules that evidently call the API.
* `method_urls.py`, `url_versions.py`, `method_parameters.py`: methods and versions in URLs.
* `client_methods.py`, `wrappers.py`: methods of client objects, and functions that are named after a method.
* `request_fields.py`, `notes.py`: keys of request bodies, and changes that only a reader can judge.

The finders for webhooks:

* `received_webhooks.py`: the objects that are webhooks.
* the package `names`: names that are registered, compared or listed, and strings that must agree with one.
* `webhook_keys.py`, `handlers.py`: keys that are read off webhooks; `key_reads.py` reads a key off a node.

The package `asserts` finds what tests expect in requests that are edited. `request_models.py` reports keys of requests
in models and wrappers, `mentions.py` the names that remain; the room `groups` then holds back what can only be edited
together. `failure_isolation.py` keeps a failure inside its module.
"""
