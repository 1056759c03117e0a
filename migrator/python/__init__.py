"""Read Python source: find what the rules of a table are about, and apply the edits that are certain.

The packages, in the order in which they use each other:

* `source` reads files: encodings, notebooks, string literals, comments.
* `analysis` evaluates Python without running it, and knows nothing of an API.
* `recognition` knows the API: clients, requests, responses, webhooks, and `Claims`, the results of the finders.
* `finders` search for the names that rules change; `finders/phases.py` lists the phases of the search.
* `groups` holds back the edits that only make sense together: all or none.
* `rewrite` applies edits, and verifies the result.
* `prefilter` decides from the bytes which files are worth a search, and which must be searched together.
* `ledger` accounts for the old names that are not findings.

`migrate.py` connects them: find, plan, apply, and check that a second run changes nothing. `planned_findings.py`
makes findings of claims, and edits of their operations; `setting_outcomes.py` says of each setting whether all of it
is. `example.py` makes an example of code from a rule alone.
"""
