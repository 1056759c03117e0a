"""Markdown: an audit as a comment on a pull request.

`comment` lays out the run within GitHub's limit; `escape` makes text from users and tables safe in Markdown, for the
migration guide and the language server too.
"""
