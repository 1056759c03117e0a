"""Scan texts with positions: every format becomes one `data_tree`, so that finders know no format.

`dispatch` chooses the scanner (`json_scanner`, `yaml_scanner`, `toml_scanner`, `key_value_lines`, `http_requests`);
`text_piece` maps characters without escapes to offsets of the file. `json_lines`, `markdown_text` and `plain_lines`
read what is no single tree. `markers` decides whether a text is scanned at all.
"""
