"""The migration guide: the rules of each step, in Markdown, for people who plan a migration.

`migration_guide` lays out the chapters; `guide_rows` describes a single rule, `guide_names` the tables of renamed
methods, webhooks and keys, `guide_payloads` the losses of `migrator translate`. Everything follows from the tables.
"""
