"""Compile the rows between two versions to plans, and apply plans to documents.

Read in this order:

- `directed_step` selects the rows of a step in one direction.
- `field_paths` and `name_changes` convert paths and names between the two versions of a step.
- `row_changes` finds the changes of a step to one document; `change_tree` arranges them as a tree.
- `apply_changes` applies a tree to a document, with every loss; `create_follow_up` creates further calls.
- `codegen` and `fast_path` generate functions for the usual document, which has nothing to report; `text_edits` and
  `quick_edits` edit its text. `unknown_paths` reports names that the table does not know.
- `plan` combines both for one kind and name; `plan_compiler` builds it, `kind_plans` and `route` collect all.
"""
