"""Find the names of webhooks and methods that code compares, lists, looks up or builds.

- `name_claims` claims a name where it is written, for the others;
- `webhook_names` recognises names that are registered, `webhook_sets` those that are listed together;
- `compared_names` finds names that code compares or dispatches on, with `table_uses` for the keys of its tables and
  `part_tests` for tests of a part of a name;
- `derived_names` finds routes, tasks and functions that are built from a name.
"""
