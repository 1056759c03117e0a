"""Parse programs with tree-sitter, and treat all languages alike.

`grammars` loads the parser of a file, `syntax_tree` flattens its tree, `node_kinds` names the kinds of nodes that mean
the same, `string_expressions` evaluates strings, `imported_modules` lists imports.
"""
