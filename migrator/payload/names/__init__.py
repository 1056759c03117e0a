"""Decide about the names of methods and webhooks that no row mentions, by the names that each version knows.

Read in this order:

- `refused_names` finds the names that a step leads to no counterpart.
- `name_check` refuses names of another version, and misspelt ones.
"""
