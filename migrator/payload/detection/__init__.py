"""Detect the version of a webhook.

Read in this order:

- `version_evidence` yields evidence: names and keys that only versions before or after a step have.
- `version_detector` combines evidence to a version, with its confidence and reasons.
- `detect` is the public function, which loads the shipped table if none is given.
"""
