"""Find what rows apply to in a tree of data.

`inspect_tree` calls all others in order: recorded webhooks and registrations, lists of them, schemas, OpenAPI
descriptions, URLs, exchanges around URLs (with the bodies in `body_documents`), configured names beside URLs, and
shell commands in strings. `variables` fills in ``${BASE}/path`` before a URL is searched for.
"""
