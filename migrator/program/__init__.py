"""One program: the files of all readers together, from bytes to results. It alone imports more than one reader.

Read in this order:

- `analyse_files`: the one way from the files of a program to their results, for commands and editors;
- `find_importers`: the files without an old name that decide what the names in others mean;
- `relevant_files`: which files can lead to a finding, by a search of their bytes;
- `reader_choice`: the reader of each file, with what it needs of the others;
- `read_files`: read the files that are not Python, programs together, since they import each other;
- `text_results`: from readings to `FileResult`s, with suppressions; `text_ledger`: their occurrences of old names;
- `configuration/`: files of configuration, judged and edited with the code that reads them;
- `unparsed_python`: Python that does not parse, searched as text;
- `parallel`: migrate the Python files in several processes;
- `ledger_totals`: the ledger of all files, checked against an independent count;
- `open_tasks`: what is left to do before the program is deployed; `unset_variables`: what the environment must set;
- `live_registrations`: the webhooks that a live account has registered.
"""
