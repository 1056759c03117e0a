"""Carry out operations: from what is to be changed in a Python file to the smallest edits, with LibCST.

Read in this order:

- ``apply``: the way in, for the findings of a file or for one alone. Rewrites, verifies, and takes back a plan that
  fails without the others. LibCST's own command enters at ``rewriter.rewrite_module``.
- ``rewriter``: finds the lines to parse again (``statements``), settles operations that meet (``nesting``), and turns
  what the transformer did into edits (``zones``).
- ``transformer``: carries out the operations on LibCST's tree in one pass: ``entry_removal`` (displays and calls, read
  by ``entry_nodes`` and joined by ``whitespace``), ``statement_removal`` and ``todo_lines`` share one ``state``.
- ``todo``: how TODO comments are written, found again and taken back.
- ``unexpected_change``: what must hold before an edited text is written; comments are read by ``comment_tokens``.

Only ``entry_nodes``, ``whitespace``, ``state``, ``transformer`` and the two removals import LibCST, and nothing imports
them before there is an operation to carry out.
"""
