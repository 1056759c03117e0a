"""Files on disk: which ones are searched, reading them, and writing changed ones so that a run can be undone.

Read in this order:

- `failure`, `read`, `byte_search`: one file, its bytes, and whether it contains one of many byte strings.
- `regular_file`: files that configure or record a run, which may be no links, devices or pipes, and have a limit.
- `python_files`, `configuration_names`, `gitignore_patterns`, `gitignore`, `walk`: the files below a folder that
  belong to the user.
- `fork_pool`, `search_state`, `search_files`: search whole trees, in several processes where that is faster.
- `project_root`, `uncommitted`: the project that a path belongs to, and the changes that git could not restore.
- `atomic_write`, `file_lock`: replace a file whole or not at all, by one process at a time.
- `runs`: record what a run changes, and undo it.

Nothing here knows about rules or Python's grammar, and nothing here imports another package of migrator.
"""
