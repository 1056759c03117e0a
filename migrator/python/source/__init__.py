"""Read Python files: bytes to text to syntax tree, with a way back to the bytes.

Read in this order:

- `source_file`: `SourceFile`, the decoded text of a file. It converts offsets of characters to lines, to columns of the
  syntax tree and to bytes, and makes edits in bytes.
- `string_literals`: a tokenizer that maps the characters of a string's value to the characters of its source.
- `syntax`: the syntax tree with positions that are right on every Python from 3.11 on, and helpers to read its nodes.
- `ipython_magics`, `notebook`: a notebook as one Python text, with magics masked and offsets kept.
- `comments`: the comments of a file and the ``migrator: ignore`` directives in them.

Nothing here evaluates code or knows an API. A file that cannot be read raises `Unreadable`, with the line if known.
"""
