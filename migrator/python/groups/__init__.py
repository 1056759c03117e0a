"""Hold back the edits that only make sense together: all of a group are made, or all are manual.

Each is one of the last phases of the search. It reads the claims of the finders and adds an obstacle to those that
must wait for another; the message names the line that they wait for.

* `shared_constants.py`: constants that are also used for data of the program.
* `split_options.py`: the default and the choices of one option, also those of an enum or a literal type.
* `overridden_urls.py`: URLs that are defaults of settings, where a file sets the setting to an older version;
  `setting_defaults.py` reads such defaults and files.
* `setting_uses.py`: what goes through each setting, so that `program` can judge its files of configuration.
* `unfollowed_bases.py`: base URLs that another module uses in a way which the search does not follow.
* `unraised_versions.py`: URLs whose version stays.
* `program_agreement.py`: names of webhooks where the program keeps the old version, and names in tests that the code
  keeps.
"""
