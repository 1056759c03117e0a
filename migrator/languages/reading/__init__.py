"""Facts about a parsed program, before rows are matched with it.

`bindings` (values of names), `object_literals`, `webhook_reads` (keys read off objects) and `json_strings` are parts of
`parsed_program`; `request_bodies` finds the body of a call; `program_graph` links the programs of a tree.
"""
