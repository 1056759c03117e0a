"""The rule table: one TOML file for each version step, one row for each change.

Read in this order:

- `rule` and `table` declare what the rest of migrator works with: `Rule`, `Step`, `RuleTable`, `Chain`.
- `version` and `json_path` parse the two small notations that a row uses.
- `load` reads the files, has them checked and builds the tables; `merge_steps` adds to a step what extends it, and
  `build_rows` converts TOML data to rows.
- `checks` validates files with pydantic and reports problems (`table_errors`) with file, row, key and hint.
- `recorded_hashes` spares that check for tables whose bytes a wheel build has recorded.
- `known_names` finds the names of each version, `near_names` recognises a misspelt one.
- `reverse_chain` turns a chain around; `spellings` derives the spellings of a wire name.

Nothing here imports another room of migrator.
"""
