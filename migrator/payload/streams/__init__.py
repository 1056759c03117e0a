"""Translate whole files: one JSON document, an array of documents, or JSON Lines, compressed or not.

Read in this order:

- `translate_file` is the entry point: it opens the streams, translates, and commits the outputs.
- `document_job` is the translation of one document; `translate_stream` is the loop over all of them.
- `byte_source` reads bytes or batches of lines; `stream_shape` detects how documents are laid out.
- `atomic_output` and `output_set` write files that appear whole or not at all.
- `stream_stats` counts, and `stream_messages` prints problems and the summary.
"""
