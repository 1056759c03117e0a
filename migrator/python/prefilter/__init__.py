"""Decide from the bytes of files which of them are searched, and which must be searched together.

* `relevant.py` tests whether a file can contain a finding; other files are read only as evidence for those.
* `import_components.py` partitions files into connected components of the import graph, so that they can be analysed
  in parallel; it also follows imports to files outside the given paths.

Both read bytes, not syntax, and err on one side only: a file that is searched in vain costs time, one that is
skipped would cost a finding.
"""
