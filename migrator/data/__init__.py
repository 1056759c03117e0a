"""Read files of data: configuration, documents, collections of requests and recorded traffic.

Read in this order:

- `read_data`: the reader of a file, by its name;
- `formats/`: scanners that keep positions (JSON, YAML, TOML, ...), all into one `data_tree`; Markdown and plain lines;
- `data_findings`: collects matches and explained names, by characters, and converts them to bytes;
- `finders/inspect_tree`: runs the finders over a tree, whatever its format was;
- `edits/`: which of the values that were found can be edited, and the check of the edited text; `program` decides;
- `embedded_json`: JSON in strings of programs, which `program` passes to the readers of `languages`.
"""
