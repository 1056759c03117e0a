"""Baselines: findings that a project has recorded, so that audits report only new ones.

`baseline_file` reads and writes the file; `known_findings` makes its entries and matches them with a run. An entry
identifies a finding by digests of its code and of the lines around it, so that it may move within its file. The options
are in `migrator.cli.baseline.baseline_options`.
"""
