"""Runs that wrote files: their records in the user's state folder, and how they are undone.

Read in this order:

- `state_folder`: the folder of the user, which nobody else may have written to.
- `run_manifest`, `run_archive`: the list of files and their originals; locking, and sweeping after a kill.
- `editable`: what a run may write to, checked when it is recorded and when it is undone.
- `run_record`, `restore`: record a run before it writes, and undo it.

Nothing in a project is read but the files that are restored: what travels with a tree is no record.
"""
