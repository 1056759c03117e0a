"""The findings that are known, and those that fail a build.

- `baseline_options`: the options of an audit: find the file, apply it, and write it;
- `baseline_scope`: which entries of a baseline a run judges;
- `fail_on`: which findings fail a build.
"""
