"""Edit configuration together with the code that reads it: all of a group, or nothing.

Read in this order:

- `config_files`: the files of configuration with findings that can be edited, and the project of each;
- `fixed_urls`: URLs that other files give to settings, and the names that variables are passed on as;
- `config_readers`: who reads a setting: Python, other languages, nobody;
- `config_groups`: what keeps an edit from being made, and the rounds in which code and configuration are judged;
- `config_results`: the results of the files with the edits that are made.
"""
