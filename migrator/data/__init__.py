"""Read files of data: configuration, documents, collections of requests and recorded traffic. Nothing is edited.

Read in this order:

- `read_data`: the reader of a file, by its name;
- `formats/`: scanners that keep positions (JSON, YAML, TOML, ...), all into one `data_tree`; Markdown and plain lines;
- `data_findings`: collects matches and explained names, by characters, and converts them to bytes;
- `finders/inspect_tree`: runs the finders over a tree, whatever its format was;
- `embedded_json`: JSON in strings of programs, which `program` passes to the readers of `languages`.
"""
