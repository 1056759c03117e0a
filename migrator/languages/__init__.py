"""Read programs in other languages than Python, and any other text. Nothing is edited.

Read in this order:

- `read_program`: from bytes to a reading, in the steps that `program.read_files` takes with all programs together;
- `grammar/`: the tree-sitter grammars, a flat `syntax_tree`, the kinds of nodes in all languages, and strings;
- `reading/`: what one program says (`parsed_program`), and how programs see each other (`program_graph`);
- `finders/`: what rows apply to;
- `markup`: scripts in HTML; `snippets`: code inside documents, for `data`; `plain_text`: everything else.
"""
