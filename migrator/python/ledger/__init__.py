"""Account for every occurrence of an old name in the bytes of a Python file.

Read the files in this order:

* `positions.py` finds the innermost syntax node, comment or string token at given offsets, in one walk over the tree.
* `string_reasons.py` explains an old name inside a string: a URL of another host, a logged text, a longer word.
* `name_reasons.py` explains an old name that is an identifier: a variable, a member of a class of the program.
* `file_ledger.py` lists the occurrences of a file: those that findings cover, and the reason for each of the others.

An occurrence is only explained away by positive evidence. Without it, its state is that of a name of which nothing
shows whether it belongs to the API.
"""
