"""Translate documents of a web API from one version to another, by the rows of the rule table.

Read in this order:

- `translator` is the entry point: `Translator` with webhooks, requests, responses, method names and URLs.
- `translation`, `loss`, `follow_up` and `translation_errors` declare what a translation returns or raises.
- `names` decides about names of methods and webhooks that no row mentions.
- `plans` compiles the rows between two versions to plans, and applies them to documents.
- `byte_documents`, `json_text` and `json_pointer` are the JSON that plans read; `url_translation` rewrites URLs.
- `splice` writes a changed document into its own text, by the `provenance` of its parts and the `layout` of the rest.
- `batch` translates many documents with one function.
- `detection` finds the version of a webhook that does not name it.
- `streams` translates files of documents; `adapters` translates HTTP traffic of clients and servers.
- `choose_table`, `check_declarations` and `on_loss` are small decisions of a translator.

Nothing here imports libcst, a grammar or the command line, and of `migrator` only `rules`.
"""
