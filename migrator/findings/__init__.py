"""Findings and results of a run. Plain values: nothing is read or written here.

- `finding`: `Finding` with its `Edit`s, `FileResult`, `FileError`, and suppressions or baseline entries without effect;
- `operation`: what an edit of Python means: rename, removal, comment; `Finding.operations` keeps them;
- `applicability`: `safe`, `unsafe`, `manual`;
- `messages`: the sentence of a finding, from its row;
- `open_task`: what is left to do before the program is deployed;
- `reading`: what a reader of a file that is not Python returns, before it becomes a `FileResult`;
- `ledger`: every occurrence of an old name with its state, for the account that nothing was overlooked.
"""
