"""Decide which values of configuration can be edited, and verify the edited text.

- `editable_values`: the whole URLs of the API and the names in lists of registrations that mean nothing else;
- `value_names`: the name under which a program reads a value: its key, or what a list calls it;
- `collections`: Postman's second copy of a URL, in parts;
- `verify_values`: scan a text before and after its edits: nothing but the edited values may differ.
"""
