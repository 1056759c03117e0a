"""Checks of tables when they are loaded. Only this package imports pydantic; shipped tables of a wheel skip it.

Read in this order:

- `check_table` validates all files of a table: each key, then each file, then all files together.
- `field_types`, `step_schema`, `api_schema` declare the pydantic models of a file.
- `validation_messages` converts pydantic's errors to problems with file, row, key and hint.
- `check_row`, `conflicting_rows`, `check_file` find contradictions inside one file.
- `check_across_files` finds duplicate ids, undescribed APIs and gaps between steps.
- `json_schema` exports the models as a JSON Schema for editors.
"""
