"""Find what rows apply to in a parsed program; each finder adds its conclusions to the program.

In order: `url_strings` and `library_calls` (whether the program calls the API), `webhook_strings`, `bare_names`,
`body_keys`, `webhook_fields`; at last `bare_names` explains the occurrences that are left, and
`shell_urls` marks what can be edited.
"""
