"""Evidence that code, text or data refers to the API; shared by all readers, and imports none of them.

Read in this order:

- `selection`: `Options`, and the rows that take part, filtered once into `SelectedChain`s;
- `vocabulary`: those rows by the names that code uses, with the marks of the API;
- `urls`, `url_patterns`, `url_rows`: URLs of the API in strings with unknown parts and in long texts, and the rows on
  them;
- `relays`: the path of the API at a host that nobody knows;
- `webhook_shape`: which keys make an object a webhook; `json_keys`: the keys of JSON in a string;
- `configuration`: the URLs that files of configuration set, for the readers of the code that reads them;
- `generated`: files that say that they are generated;
- `suppressions`: ``migrator: ignore`` comments, and which are unused;
- `occurrences`: the old names in the bytes of a file, for the ledger; `prefilter`: which files are read at all;
- `reader_protocols`: the interfaces by which one reader uses another, implemented and passed by `program`.
"""
