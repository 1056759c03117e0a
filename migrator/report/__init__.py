"""Reports: everything that is said about a run, each format a function from the run to text.

- `run_result` is the input of all formats: findings, results, failures and ledger of one run.
- `extra_listings` moves notes and bare names out of the findings; `sections` groups findings for people.
- `output_formats` names the formats and imports each on demand.
- Shared parts: `phrases` (counts, versions, changes), `evidence_steps`, `source_lines` and `code_frame` (code as it is
  shown), `redact` (secrets), `printable` (control characters).

The rooms, by reader: `text` for terminals, `markdown` for pull requests, `page` for browsers, `machine` for JSON,
SARIF, JUnit and GitHub; `guide` writes the migration guide from the rules; `baseline` compares with recorded findings.
Nothing here prints, writes or imports `migrator.cli`.
"""
