"""A language server: the findings of an audit in an editor, with the edits of the codemod as code actions.

- `server` maps messages of the protocol to the workspace; `client_capabilities` is what the editor supports.
- `workspace` has the open documents and the folders; `workspace_folder` the state of one folder.
- `scheduler` decides when a folder is analysed, in threads of `worker`; `folder_analysis` is one analysis.
- `related_files` chooses the files that a quick analysis reads.
- `text_document` and `lsp_positions` convert between editor positions and bytes.
- `diagnostics`, `hover` and `code_actions` answer the editor; `suppression_edit` makes a suppression comment.

The event loop owns all state; threads get copies and return values. Settings come from `migrator.cli.lsp`.
"""
