"""Text for terminals, pipes and logs.

`audit_text` and `codemod_text` format a run; `components` has the tables and diffs that they share, `finding_text` one
finding with its code. `explain_line`, `explain_words` and `explain_rule` answer `migrator explain`; `rule_list` answers
`migrator rules`; `ledger_table` is `--ledger`. `unified_diff` makes patches and `inline_diff` excerpts of them;
`colors` decides on colours; `progress` shows progress on stderr.
"""
