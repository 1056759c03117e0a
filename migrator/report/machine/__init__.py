"""Formats for machines: JSON, SARIF, JUnit and GitHub annotations.

`json_report` and its contract `report_schema`, with `ledger_json` as a part; `rules_json` for `migrator rules`.
`sarif` with `sarif_rules` and `sarif_locations`; `junit`; `github_annotations`. `severity` ranks findings for the last
three.
"""
