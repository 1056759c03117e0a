"""A language server: what the audit finds, shown where code is written, with the edits of the codemod at hand."""
