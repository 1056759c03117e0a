"""Judge a migration that somebody made, by hand or with a tool: account for every occurrence of the old program.

Read in this order:

- `account`: the states of an occurrence, and what is said of it;
- `expected_lines`: the old program as the rules would have it, with the line of each occurrence;
- `aligned_lines`: where the lines of that program are in the present one, also when they moved or changed;
- `renamed_words`: judge an occurrence that has a new name, by the line that stands in its place;
- `follow_up_calls`: judge what a removed value leaves to do;
- `compare_programs`: put it together; `half_done` finds names and versions that no longer fit each other.
"""
