"""Dicts in code: their entries, wherever they are written, and their uses.

- `dict_displays` reads the entries of one display, call or comprehension;
- `dict_entries` finds every entry under a key, through names, merges and later statements;
- `dict_uses` finds what else uses a dict than given calls.
"""
